<?php
/**
 * Fatal PHP errors of the site: counted when a request dies, told by the command `health`.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * A counter and the last message in the state folder. Nothing of a visitor gets into it: no values, no addresses, no paths.
 */
final class Nachtwacht_Fatals {
	const FILE = 'fatals.php';
	const KIND = array( E_ERROR, E_PARSE, E_CORE_ERROR, E_COMPILE_ERROR, E_USER_ERROR, E_RECOVERABLE_ERROR );
	const TAIL = 65536;

	/**
	 * Looks at the end of every request whether it died.
	 */
	public static function listen() {
		register_shutdown_function( array( __CLASS__, 'at_the_end' ) );
	}

	/**
	 * At the end of a request.
	 */
	public static function at_the_end() {
		$error = error_get_last();
		if ( ! is_array( $error ) || ! in_array( $error['type'], self::KIND, true ) || ! defined( 'WP_CONTENT_DIR' ) ) {
			return;
		}
		try {
			self::count( Nachtwacht_State::folder( WP_CONTENT_DIR ), (string) $error['message'], (string) $error['file'], time() );
		} catch ( Throwable $problem ) {
			return;
		}
	}

	/**
	 * Counts one. At most once a second, and only in a folder with the state of a pairing.
	 *
	 * @param string $folder  State folder.
	 * @param string $message PHP's message.
	 * @param string $file    File it came from.
	 * @param int    $now     Unix seconds.
	 * @return bool Whether it was counted.
	 */
	public static function count( $folder, $message, $file, $now ) {
		if ( ! is_file( $folder . '/state.php' ) || is_link( $folder . '/' . self::FILE ) ) {
			return false;
		}
		$known = self::read( $folder );
		if ( null !== $known['last'] && $now <= $known['last'] ) {
			return false;
		}
		$text = nachtwacht_json(
			array(
				'count'   => $known['count'] + 1,
				'last'    => $now,
				'message' => self::bare( $message ),
				'where'   => self::where( $file ),
			)
		);
		return Nachtwacht_State::write_guarded( $folder . '/' . self::FILE, $text . "\n" );
	}

	/**
	 * What was counted.
	 *
	 * @param string $folder State folder.
	 * @return array{count: int, last: int|null, message: string, where: string}
	 */
	public static function read( $folder ) {
		$text = Nachtwacht_State::read_guarded( $folder . '/' . self::FILE );
		$said = null === $text ? null : json_decode( $text, true, 4 );
		$good = is_array( $said ) && isset( $said['count'], $said['last'], $said['message'], $said['where'] )
			&& is_int( $said['count'] ) && is_int( $said['last'] ) && is_string( $said['message'] ) && is_string( $said['where'] );
		return array(
			'count'   => $good ? $said['count'] : 0,
			'last'    => $good ? $said['last'] : null,
			'message' => $good ? substr( $said['message'], 0, 300 ) : '',
			'where'   => $good ? substr( $said['where'], 0, 100 ) : '',
		);
	}

	/**
	 * A message without what may be secret: paths, long quoted texts, mail addresses, long words with digits, stack traces.
	 *
	 * @param string $message PHP's message.
	 * @return string Printable, at most 300 characters.
	 */
	public static function bare( $message ) {
		$lines = explode( "\n", $message, 2 );
		$text  = (string) preg_replace( '/[^\x20-\x7e]+/', '?', substr( $lines[0], 0, 2000 ) );
		$rules = array(
			'~(?:[a-z]:)?(?:[/\\\\][\w.\-+@ ]+)*[/\\\\]([\w.\-+@]+)~i' => '$1',
			'~([\'"])[^\'"]{41,}\1~'                  => '$1...$1',
			'~[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+~'    => '...',
			'~\b(?=\w*\d)\w{25,}\b~'                 => '...',
		);
		$text  = (string) preg_replace( array_keys( $rules ), array_values( $rules ), $text );
		return trim( substr( $text, 0, 300 ) );
	}

	/**
	 * Whose file it is.
	 *
	 * @param string $file Path.
	 * @return string plugin:slug, theme:slug, mu-plugin, core, or ''.
	 */
	public static function where( $file ) {
		$path = str_replace( '\\', '/', $file );
		if ( 1 === preg_match( '~/(plugins|themes)/([A-Za-z0-9._-]{1,80})(?:/|\.php\z)~', $path, $match ) ) {
			return ( 'plugins' === $match[1] ? 'plugin:' : 'theme:' ) . $match[2];
		}
		if ( false !== strpos( $path, '/mu-plugins/' ) ) {
			return 'mu-plugin';
		}
		return 1 === preg_match( '~/wp-(?:includes|admin)/|/wp-[a-z-]+\.php\z~', $path ) ? 'core' : '';
	}

	/**
	 * How many fatal errors the end of PHP's error log has after a moment.
	 *
	 * @param string $file  Absolute path.
	 * @param int    $since Unix seconds.
	 * @return int|null Null when it cannot be read.
	 */
	public static function in_log( $file, $since ) {
		if ( '' === $file || 'syslog' === $file || false !== strpos( $file, '://' ) || ! @is_file( $file ) || ! @is_readable( $file ) ) {
			return null;
		}
		$size = (int) @filesize( $file );
		$tail = @file_get_contents( $file, false, null, max( 0, $size - self::TAIL ), self::TAIL );
		if ( ! is_string( $tail ) ) {
			return null;
		}
		preg_match_all( '/^\[([^\]\r\n]{10,40})\] PHP (?:Fatal|Parse) error:/m', $tail, $found );
		$count = 0;
		foreach ( $found[1] as $moment ) {
			$at     = strtotime( $moment );
			$count += false !== $at && $at > $since ? 1 : 0;
		}
		return $count;
	}
}
