<?php
/**
 * Plugin Name: Rig: nothing leaves this machine
 * Description: Refuses every request WordPress would make outside, so that no test waits for the Internet, and no mail.
 */

add_filter(
	'pre_http_request',
	static function ( $answer, $args, $url ) {
		$host = (string) parse_url( $url, PHP_URL_HOST );
		if ( 0 === strpos( $host, '127.' ) || 'localhost' === $host ) {
			return $answer;
		}
		return new WP_Error( 'rig_no_outside', 'The test rig lets nothing out: ' . $host );
	},
	1,
	3
);
add_filter( 'pre_wp_mail', '__return_true' );
