<?php
/**
 * Finds the classes of the plugin: Nachtwacht_Db_Rows lies in db-rows.php.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

define( 'NACHTWACHT_VERSION', '0.1.0' );
define( 'NACHTWACHT_PROTOCOL', 1 );

require_once __DIR__ . '/bytes.php';

spl_autoload_register(
	static function ( $name ) {
		if ( 1 !== preg_match( '/^Nachtwacht_([A-Za-z_]+)\z/', $name, $match ) ) {
			return;
		}
		$file = __DIR__ . '/' . strtolower( str_replace( '_', '-', $match[1] ) ) . '.php';
		if ( is_file( $file ) ) {
			require_once $file;
		}
	}
);
