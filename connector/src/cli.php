<?php
/**
 * The command of WP-CLI.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * `wp nachtwacht pair-code`.
 */
final class Nachtwacht_Cli {
	/**
	 * Makes a pairing code, valid for 15 minutes.
	 */
	public static function pair_code() {
		$code = nachtwacht_make_pairing_code();
		if ( null === $code ) {
			WP_CLI::error( 'This site is paired already (unpair it first), or its database cannot be written.' );
		}
		WP_CLI::line( $code );
	}
}
