<?php
/**
 * The highest claim number seen, in a file of the state folder.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * A worker that stalled and woke up carries a lower claim than the one that took over: it must not act.
 * The time of the file is the time of the last signed request.
 */
final class Nachtwacht_Claims {
	/**
	 * Highest claim seen.
	 *
	 * @param string $folder State folder.
	 * @return int|null Null when there is no file, or none that can be read.
	 */
	public static function highest( $folder ) {
		$text = Nachtwacht_State::read_guarded( $folder . '/claim.php' );
		return null !== $text && 1 === preg_match( '/^\d{1,16}\n\z/', $text ) ? (int) $text : null;
	}

	/**
	 * Records a claim unless a higher one is there; under a lock, so that two workers cannot both win.
	 *
	 * @param string $folder State folder.
	 * @param int    $claim  Claim of a signed request.
	 * @return bool|null True: recorded or equal. False: a higher one is there. Null: the file cannot be used.
	 */
	public static function raise( $folder, $claim ) {
		if ( ! Nachtwacht_State::make_folder( $folder ) || is_link( $folder . '/claim.php' ) ) {
			return null;
		}
		$new    = ! is_file( $folder . '/claim.php' );
		$handle = @fopen( $folder . '/claim.php', 'c+b' );
		if ( ! is_resource( $handle ) || ! flock( $handle, LOCK_EX ) ) {
			return null;
		}
		if ( $new ) {
			@chmod( $folder . '/claim.php', 0600 );
		}
		$text    = (string) stream_get_contents( $handle, 64 );
		$guard   = Nachtwacht_State::GUARD;
		$highest = 0 === strpos( $text, $guard ) ? (int) substr( $text, strlen( $guard ) ) : 0;
		$result  = $claim >= $highest;
		if ( $claim > $highest || '' === $text ) {
			$whole  = $guard . $claim . "\n";
			$result = rewind( $handle ) && ftruncate( $handle, 0 ) && strlen( $whole ) === fwrite( $handle, $whole ) && fflush( $handle );
			$result = $result ? true : null;
		} elseif ( $result ) {
			@touch( $folder . '/claim.php' );
		}
		flock( $handle, LOCK_UN );
		fclose( $handle );
		return $result;
	}
}
