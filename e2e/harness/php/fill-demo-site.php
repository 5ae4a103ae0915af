<?php
// Gives the demonstration's site its pictures, posts and pages. $args: {pictures: {name: base64}, posts, pages, front, description}.
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/media.php';
wp_set_current_user( 1 );
$media = array();
foreach ( $args['pictures'] as $name => $bytes ) {
	$upload = wp_upload_bits( $name, null, base64_decode( $bytes ) );
	if ( ! empty( $upload['error'] ) ) {
		file_put_contents( 'php://stderr', $upload['error'] );
		exit( 1 );
	}
	$id = wp_insert_attachment(
		array(
			'post_mime_type' => 'image/png',
			'post_title'     => preg_replace( '/\.png$/', '', $name ),
			'post_status'    => 'inherit',
		),
		$upload['file']
	);
	wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $upload['file'] ) );
	$media[ $name ] = $id;
}
foreach ( array_merge( $args['posts'], $args['pages'] ) as $i => $entry ) {
	$fields = array(
		'post_type'    => $i < count( $args['posts'] ) ? 'post' : 'page',
		'post_status'  => 'publish',
		'post_title'   => $entry['title'],
		'post_content' => $entry['content'],
		'post_excerpt' => isset( $entry['excerpt'] ) ? $entry['excerpt'] : '',
	);
	if ( 0 === $i ) {
		// The first takes the place of WordPress's own 'Hello world!'.
		$fields['ID']        = 1;
		$fields['post_name'] = sanitize_title( $entry['title'] );
		$id                  = wp_update_post( $fields );
	} else {
		$id = wp_insert_post( $fields );
	}
	if ( isset( $entry['picture'] ) ) {
		set_post_thumbnail( $id, $media[ $entry['picture'] ] );
	}
}
wp_delete_comment( 1, true );
wp_delete_post( 2, true );
update_option( 'blogdescription', $args['description'] );
update_option( 'timezone_string', 'Europe/Amsterdam' );
update_option( 'date_format', 'j-n-Y' );
if ( function_exists( 'wp_is_block_theme' ) && wp_is_block_theme() ) {
	// The theme's own front page opens with an English sentence of its makers.
	$front = wp_insert_post(
		array(
			'post_type'    => 'wp_template',
			'post_name'    => 'home',
			'post_title'   => 'Home',
			'post_status'  => 'publish',
			'post_content' => str_replace( 'THEME', get_stylesheet(), $args['front'] ),
		)
	);
	wp_set_post_terms( $front, get_stylesheet(), 'wp_theme' );
}
