<?php
// Runs in WordPress with WooCommerce active: pages, cash on delivery, products, no set-up screens. $args: {products, theme}.
WC_Install::create_pages();
$settings = array(
	'woocommerce_coming_soon'               => 'no',
	'woocommerce_store_address'             => 'Kerkstraat 1',
	'woocommerce_store_city'                => 'Utrecht',
	'woocommerce_store_postcode'            => '3511 AA',
	'woocommerce_default_country'           => 'NL',
	'woocommerce_currency'                  => 'EUR',
	'woocommerce_enable_guest_checkout'     => 'yes',
	'woocommerce_ship_to_countries'         => 'disabled',
	'woocommerce_task_list_hidden'          => 'yes',
	'woocommerce_allow_tracking'            => 'no',
	'woocommerce_show_marketplace_suggestions' => 'no',
	'woocommerce_custom_orders_table_enabled'  => 'yes',
	'woocommerce_custom_orders_table_data_sync_enabled' => 'no',
	'woocommerce_cod_settings'              => array(
		'enabled'            => 'yes',
		'title'              => 'Onder rembours',
		'enable_for_methods' => array(),
		'enable_for_virtual' => 'yes',
	),
);
foreach ( $settings as $name => $value ) {
	update_option( $name, $value );
}
delete_transient( '_wc_activation_redirect' );
if ( wp_get_theme( 'storefront' )->exists() ) {
	switch_theme( 'storefront' );
}
$ids = array();
for ( $i = 1; $i <= $args['products']; $i++ ) {
	$product = new WC_Product_Simple();
	$product->set_name( "Lantaarn nr. $i" );
	$product->set_sku( "LAN-$i" );
	$product->set_regular_price( (string) ( 5 + $i % 40 ) );
	$product->set_description( "Een lantaarn voor de nacht, model $i. Brandt uren op een lading." );
	$product->set_manage_stock( true );
	$product->set_stock_quantity( 1000000 );
	$ids[] = $product->save();
}
flush_rewrite_rules();
echo wp_json_encode( $ids );
