<?php
/**
 * The rescue entry: works without WordPress. It verifies a signature before it does anything (connector/PROTOCOL.md).
 *
 * @package Nachtwacht_Connector
 */

if ( defined( 'ABSPATH' ) || PHP_VERSION_ID < 70400 ) {
	exit;
}
define( 'NACHTWACHT', 'direct' );
require __DIR__ . '/src/find-classes.php';
Nachtwacht_Entry::direct( __DIR__ );
