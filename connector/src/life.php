<?php
/**
 * Status and unpairing.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands about the plugin itself.
 */
final class Nachtwacht_Life {
	/**
	 * Command `status`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function status( Nachtwacht_Command $command ) {
		$site  = $command->site;
		$state = $command->state;
		$mysql = true;
		try {
			Nachtwacht_Db::connect( $site );
		} catch ( Nachtwacht_Failure $failure ) {
			$mysql = false;
		}
		$free = nachtwacht_can( 'disk_free_space' ) ? @disk_free_space( $site->content() ) : false;
		return array(
			'protocol'        => NACHTWACHT_PROTOCOL,
			'plugin'          => NACHTWACHT_VERSION,
			'site'            => $state['site'],
			'url'             => $state['url'],
			'moved'           => $state['moved'],
			'paired_at'       => $state['paired_at'],
			'php'             => PHP_VERSION,
			'sapi'            => PHP_SAPI,
			'limits'          => self::limits(),
			'entry'           => $site->entry,
			'claim'           => $site->highest_claim( $state ),
			'user'            => self::user(),
			'disk_free'       => false === $free ? null : (int) $free,
			'mysql_reachable' => $mysql,
			'snapshot'        => $mysql && Nachtwacht_Session::possible(),
			'writable'        => array(
				'root'    => @is_writable( $site->abspath() ),
				'content' => @is_writable( $site->content() ),
			),
		);
	}

	/**
	 * What the host allows.
	 *
	 * @return array
	 */
	private static function limits() {
		return array(
			'max_execution_time' => (int) ini_get( 'max_execution_time' ),
			'memory_limit'       => nachtwacht_ini_bytes( ini_get( 'memory_limit' ) ),
			'post_max_size'      => nachtwacht_ini_bytes( ini_get( 'post_max_size' ) ),
			'max_body'           => Nachtwacht_Request::MAX_BODY,
			'disable_functions'  => (string) ini_get( 'disable_functions' ),
			'open_basedir'       => (string) ini_get( 'open_basedir' ),
			'set_time_limit'     => nachtwacht_can( 'set_time_limit' ),
			'zlib'               => nachtwacht_can( 'deflate_init' ) && nachtwacht_can( 'inflate_init' ),
			'sodium'             => extension_loaded( 'sodium' ) ? 'native' : 'compat',
			'int_size'           => PHP_INT_SIZE,
			'ini'                => array(
				'max_input_time'                => (int) ini_get( 'max_input_time' ),
				'default_socket_timeout'        => (int) ini_get( 'default_socket_timeout' ),
				'disable_classes'               => (string) ini_get( 'disable_classes' ),
				'opcache.validate_timestamps'   => (string) ini_get( 'opcache.validate_timestamps' ),
				'opcache.revalidate_freq'       => (string) ini_get( 'opcache.revalidate_freq' ),
			),
		);
	}

	/**
	 * Owner of the process, as far as PHP tells.
	 *
	 * @return string
	 */
	private static function user() {
		if ( nachtwacht_can( 'posix_geteuid' ) && nachtwacht_can( 'posix_getpwuid' ) ) {
			$entry = @posix_getpwuid( posix_geteuid() );
			return is_array( $entry ) ? (string) $entry['name'] : (string) posix_geteuid();
		}
		return nachtwacht_can( 'get_current_user' ) ? (string) get_current_user() : '';
	}

	/**
	 * Command `unpair`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure When the key could not be removed.
	 */
	public static function unpair( Nachtwacht_Command $command ) {
		if ( ! $command->site->forget() ) {
			throw new Nachtwacht_Failure( 'not-stored', 'The key could not be removed. Use the settings page of the plugin.', true );
		}
		return array();
	}
}
