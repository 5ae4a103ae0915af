<?php
/**
 * Removal: nothing of the plugin stays behind.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) || PHP_VERSION_ID < 70400 ) {
	exit;
}
if ( ! defined( 'NACHTWACHT' ) ) {
	define( 'NACHTWACHT', 'uninstall' );
}
if ( ! defined( 'NACHTWACHT_VERSION' ) ) {
	require __DIR__ . '/src/find-classes.php';
}
Nachtwacht_Install::uninstall();
