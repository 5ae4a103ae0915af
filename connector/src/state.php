<?php
/**
 * What this site knows of its platform, as a file that needs no database.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * The state folder <content>/nachtwacht-state. Files in it are read as text, never included; their first line ends PHP,
 * so a web server that serves them shows nothing. They hold public-key material and counters only.
 */
final class Nachtwacht_State {
	const FOLDER = 'nachtwacht-state';
	const GUARD  = "<?php exit; ?>\n";

	/**
	 * Whether this is a complete state with a usable key. Everything that is not exactly right counts as unpaired.
	 *
	 * @param mixed $state As it was stored.
	 * @return bool
	 */
	public static function valid( $state ) {
		if ( ! is_array( $state ) ) {
			return false;
		}
		foreach ( array( 'site', 'public_key', 'url', 'host', 'direct_path', 'platform' ) as $name ) {
			if ( ! isset( $state[ $name ] ) || ! is_string( $state[ $name ] ) ) {
				return false;
			}
		}
		if ( ! isset( $state['paired_at'], $state['claim'] ) || ! is_int( $state['paired_at'] ) || ! is_int( $state['claim'] ) ) {
			return false;
		}
		$public = nachtwacht_from_base64( $state['public_key'] );
		return null !== $public && 32 === strlen( $public ) && str_repeat( "\0", 32 ) !== $public
			&& '' !== $state['url'] && $state['claim'] >= 0
			&& 1 === preg_match( '/^[A-Za-z0-9_-]{1,64}\z/', $state['site'] );
	}

	/**
	 * State folder of a content folder.
	 *
	 * @param string $content Absolute path.
	 * @return string
	 */
	public static function folder( $content ) {
		return $content . '/' . self::FOLDER;
	}

	/**
	 * Reads a guarded file.
	 *
	 * @param string $file Absolute path.
	 * @return string|null Text after the guard.
	 */
	public static function read_guarded( $file ) {
		$text = is_file( $file ) && ! is_link( $file ) ? @file_get_contents( $file, false, null, 0, 65536 ) : false;
		if ( ! is_string( $text ) || 0 !== strpos( $text, self::GUARD ) ) {
			return null;
		}
		return substr( $text, strlen( self::GUARD ) );
	}

	/**
	 * Writes a guarded file at once (temporary name, then rename), readable for its owner only.
	 *
	 * @param string $file Absolute path.
	 * @param string $text What comes after the guard.
	 * @return bool
	 */
	public static function write_guarded( $file, $text ) {
		if ( ! self::make_folder( dirname( $file ) ) ) {
			return false;
		}
		$whole = self::GUARD . $text;
		$temp  = $file . '.' . bin2hex( random_bytes( 6 ) ) . '.php';
		if ( strlen( $whole ) !== @file_put_contents( $temp, $whole ) ) {
			@unlink( $temp );
			return false;
		}
		@chmod( $temp, 0600 );
		self::hand_over( $temp );
		if ( ! @rename( $temp, $file ) ) {
			@unlink( $temp );
			return false;
		}
		clearstatcache( true, $file );
		if ( nachtwacht_can( 'opcache_invalidate' ) ) {
			@opcache_invalidate( $file, true );
		}
		return true;
	}

	/**
	 * Makes a folder of ours, closed to visitors.
	 *
	 * @param string $folder Absolute path.
	 * @return bool
	 */
	public static function make_folder( $folder ) {
		if ( is_link( $folder ) ) {
			return false;
		}
		if ( ! is_dir( $folder ) ) {
			if ( ! @mkdir( $folder, 0700, true ) && ! is_dir( $folder ) ) {
				return false;
			}
			self::hand_over( $folder );
		}
		$guards = array(
			'index.php' => self::GUARD,
			'.htaccess' => "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n",
		);
		foreach ( $guards as $name => $text ) {
			if ( ! is_file( $folder . '/' . $name ) ) {
				@file_put_contents( $folder . '/' . $name, $text );
				self::hand_over( $folder . '/' . $name );
			}
		}
		return is_writable( $folder );
	}

	/**
	 * Removes a folder of ours that holds nothing but the guards of `make_folder`; one that holds more stays as it is.
	 *
	 * @param string $folder Absolute path.
	 */
	public static function drop_if_empty( $folder ) {
		$names = @scandir( $folder );
		if ( ! is_array( $names ) || array() !== array_diff( $names, array( '.', '..', 'index.php', '.htaccess' ) ) ) {
			return;
		}
		@unlink( $folder . '/index.php' );
		@unlink( $folder . '/.htaccess' );
		@rmdir( $folder );
	}

	/**
	 * When an administrator's script runs as root, what it makes must still belong to the web server's user.
	 *
	 * @param string $path Absolute path below the content folder.
	 */
	private static function hand_over( $path ) {
		if ( ! nachtwacht_can( 'posix_geteuid' ) || 0 !== posix_geteuid() || ! nachtwacht_can( 'chown' ) ) {
			return;
		}
		$owner = @fileowner( dirname( $path ) );
		$group = @filegroup( dirname( $path ) );
		if ( false !== $owner ) {
			@chown( $path, $owner );
			@chgrp( $path, $group );
		}
	}

	/**
	 * Reads the state file.
	 *
	 * @param string $folder State folder.
	 * @return array|null
	 */
	public static function read( $folder ) {
		$text  = self::read_guarded( $folder . '/state.php' );
		$state = null === $text ? null : json_decode( $text, true, 8 );
		return self::valid( $state ) ? $state : null;
	}

	/**
	 * Writes the state file.
	 *
	 * @param string $folder State folder.
	 * @param array  $state  Valid state.
	 * @return bool
	 */
	public static function write( $folder, array $state ) {
		return self::valid( $state ) && self::write_guarded( $folder . '/state.php', nachtwacht_json( $state ) . "\n" );
	}

	/**
	 * Forgets everything. When the file cannot be removed it is emptied, so that the rescue entry is closed in any case.
	 *
	 * @param string $folder State folder.
	 * @return bool Whether the key is gone.
	 */
	public static function forget( $folder ) {
		$file = $folder . '/state.php';
		if ( is_file( $file ) && ! @unlink( $file ) ) {
			@file_put_contents( $file, '' );
		}
		clearstatcache( true, $file );
		return null === self::read( $folder );
	}
}
