<?php
/**
 * Nonces of signed requests, as files: making a file that must be new is atomic and needs no database.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * One folder per ten minutes of signed time, so that old nonces go folder by folder. The time is signed too:
 * a request that is sent again always meets its own folder.
 */
final class Nachtwacht_Nonces {
	const SLOT = 600;

	/**
	 * Takes a nonce.
	 *
	 * @param string $folder State folder.
	 * @param string $nonce  32 lower hex, checked before.
	 * @param int    $ts     Signed time.
	 * @return bool|null True: new. False: used before. Null: files cannot be made here.
	 */
	public static function take( $folder, $nonce, $ts ) {
		$slot = $folder . '/nonces/' . (int) floor( $ts / self::SLOT );
		if ( ! is_dir( $slot ) ) {
			if ( ! Nachtwacht_State::make_folder( $folder ) || ! Nachtwacht_State::make_folder( $slot ) ) {
				return null;
			}
			self::purge( $folder, $ts );
		}
		$handle = @fopen( $slot . '/' . $nonce, 'xb' );
		if ( is_resource( $handle ) ) {
			fclose( $handle );
			return true;
		}
		clearstatcache( true, $slot . '/' . $nonce );
		return file_exists( $slot . '/' . $nonce ) ? false : null;
	}

	/**
	 * Removes the folders that no request can meet any more (older than twice the window, and a slot to spare).
	 *
	 * @param string $folder State folder.
	 * @param int    $ts     Signed time.
	 */
	private static function purge( $folder, $ts ) {
		$oldest = (int) floor( ( $ts - 2 * Nachtwacht_Auth::WINDOW ) / self::SLOT ) - 1;
		foreach ( (array) @scandir( $folder . '/nonces' ) as $name ) {
			if ( is_string( $name ) && 1 === preg_match( '/^\d+\z/', $name ) && (int) $name < $oldest ) {
				self::clear( $folder . '/nonces/' . $name );
			}
		}
	}

	/**
	 * Removes a folder of nonces.
	 *
	 * @param string $slot Absolute path.
	 */
	private static function clear( $slot ) {
		foreach ( (array) @scandir( $slot ) as $name ) {
			if ( is_string( $name ) && '.' !== $name && '..' !== $name ) {
				@unlink( $slot . '/' . $name );
			}
		}
		@rmdir( $slot );
	}

	/**
	 * Forgets all nonces.
	 *
	 * @param string $folder State folder.
	 */
	public static function forget( $folder ) {
		foreach ( (array) @scandir( $folder . '/nonces' ) as $name ) {
			if ( is_string( $name ) && 1 === preg_match( '/^\d+\z/', $name ) ) {
				self::clear( $folder . '/nonces/' . $name );
			}
		}
	}
}
