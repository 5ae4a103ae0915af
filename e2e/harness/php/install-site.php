<?php
// Runs inside WordPress with WP_INSTALLING set, see run-php.ts: $args holds what start-site.ts chose.
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter( 'pre_wp_mail', '__return_true' );
wp_install( $args['title'], $args['user'], $args['email'], true, '', $args['password'] );
update_option( 'blogdescription', 'Een proefsite van Nachtwacht' );
update_option( 'permalink_structure', '/%postname%/' );
$themes = array_keys( wp_get_themes() );
if ( ! in_array( get_option( 'template' ), $themes, true ) && $themes ) {
	switch_theme( $themes[0] );
}
global $wp_rewrite;
$wp_rewrite->init();
$wp_rewrite->flush_rules( true );
