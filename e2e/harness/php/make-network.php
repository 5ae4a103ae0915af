<?php
// Turns a fresh site into a network in subfolders; the constants are written afterwards.
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';
foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
	$wpdb->$table = $prefixed;
}
install_network();
$result = populate_network( 1, $args['domain'], $args['email'], $args['title'], '/', false );
if ( is_wp_error( $result ) && 'no_wildcard_dns' !== $result->get_error_code() ) {
	file_put_contents( 'php://stderr', $result->get_error_message() );
	exit( 1 );
}
