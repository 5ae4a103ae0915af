<?php
/**
 * Plugin Name:       Nachtwacht Connector
 * Description:       Lets your agency's Nachtwacht look after this site: backups, restores and an inventory, over signed requests only.
 * Version:           0.1.0
 * Requires at least: 5.7
 * Requires PHP:      7.4
 * Author:            Nachtwacht
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       nachtwacht-connector
 * Domain Path:       /languages
 * Network:           true
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'ABSPATH' ) || PHP_VERSION_ID < 70400 ) {
	return;
}
if ( ! defined( 'NACHTWACHT' ) ) {
	define( 'NACHTWACHT', 'wordpress' );
}
if ( ! defined( 'NACHTWACHT_VERSION' ) ) {
	require __DIR__ . '/src/find-classes.php';
	// The must-use loader did this before; it may be missing when its folder cannot be written.
	Nachtwacht_Entry::with_wordpress();
	Nachtwacht_Fatals::listen();
}

register_activation_hook( __FILE__, array( 'Nachtwacht_Install', 'activate' ) );
register_deactivation_hook( __FILE__, array( 'Nachtwacht_Install', 'deactivate' ) );
Nachtwacht_Install::hooks( __FILE__ );

/**
 * Makes a pairing code, for scripts that load WordPress. Whoever can run PHP in this site may.
 *
 * @return string|null Code in groups of five, valid for 15 minutes; null when the site is paired or cannot store it.
 */
function nachtwacht_make_pairing_code() {
	if ( null !== Nachtwacht_Wp_Store::state() ) {
		return null;
	}
	$made = Nachtwacht_Pairing::make_code();
	return null === $made ? null : $made['code'];
}
