<?php
/**
 * What the site is made of.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Command `inventory`. Reads files and options; runs nothing of plugins or themes.
 */
final class Nachtwacht_Inventory {
	/**
	 * Tells everything.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'needs-wordpress'.
	 */
	public static function inventory( Nachtwacht_Command $command ) {
		if ( ! $command->site->has_wordpress() ) {
			throw new Nachtwacht_Failure( 'needs-wordpress', 'The inventory needs WordPress.' );
		}
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		$answer = $command->answer;
		$answer->record( self::core() );
		self::plugins( $answer );
		self::themes( $answer );
		$answer->record( array(
			'kind'       => 'php',
			'version'    => PHP_VERSION,
			'sapi'       => PHP_SAPI,
			'extensions' => get_loaded_extensions(),
		) );
		$answer->record( self::database( $command ) );
		$answer->record( array(
			'kind'     => 'server',
			'software' => isset( $_SERVER['SERVER_SOFTWARE'] ) ? substr( sanitize_text_field( wp_unslash( $_SERVER['SERVER_SOFTWARE'] ) ), 0, 200 ) : '',
			'os'       => PHP_OS,
			'https'    => is_ssl(),
		) );
		return array();
	}

	/**
	 * WordPress itself.
	 *
	 * @return array
	 */
	private static function core() {
		$constants = array();
		foreach ( array( 'WP_DEBUG', 'WP_CACHE', 'DISALLOW_FILE_MODS', 'DISALLOW_FILE_EDIT', 'AUTOMATIC_UPDATER_DISABLED', 'WP_AUTO_UPDATE_CORE', 'DISABLE_WP_CRON', 'FS_METHOD', 'WP_MEMORY_LIMIT' ) as $name ) {
			$constants[ $name ] = defined( $name ) && is_scalar( constant( $name ) ) ? constant( $name ) : null;
		}
		return array(
			'kind'      => 'core',
			'version'   => (string) $GLOBALS['wp_version'],
			'db'        => (int) $GLOBALS['wp_db_version'],
			'locale'    => (string) get_option( 'WPLANG' ),
			'multisite' => is_multisite(),
			'sites'     => is_multisite() ? (int) get_blog_count() : 1,
			'home'      => Nachtwacht_Site_Wp::address( 'home' ),
			'siteurl'   => Nachtwacht_Site_Wp::address( 'siteurl' ),
			'constants' => $constants,
		);
	}

	/**
	 * Plugins of all kinds.
	 *
	 * @param Nachtwacht_Answer $answer Where records go.
	 */
	private static function plugins( $answer ) {
		$active  = array_values( (array) get_option( 'active_plugins', array() ) );
		$network = is_multisite() ? array_keys( (array) get_site_option( 'active_sitewide_plugins', array() ) ) : array();
		$auto    = (array) get_site_option( 'auto_update_plugins', array() );
		foreach ( get_plugins() as $file => $data ) {
			$answer->record( array_merge( self::header( 'plugin', $file, $data ), array(
				'active'      => in_array( $file, $active, true ) || in_array( $file, $network, true ),
				'network'     => in_array( $file, $network, true ),
				'auto_update' => in_array( $file, $auto, true ),
			) ) );
		}
		foreach ( get_mu_plugins() as $file => $data ) {
			$answer->record( self::header( 'mu-plugin', $file, $data ) );
		}
		foreach ( get_dropins() as $file => $data ) {
			$answer->record( self::header( 'drop-in', $file, $data ) );
		}
	}

	/**
	 * Facts of a plugin file.
	 *
	 * @param string $kind Kind.
	 * @param string $file File, relative.
	 * @param array  $data Header fields.
	 * @return array
	 */
	private static function header( $kind, $file, array $data ) {
		$field = static function ( $name ) use ( $data ) {
			return isset( $data[ $name ] ) ? substr( wp_strip_all_tags( (string) $data[ $name ] ), 0, 500 ) : '';
		};
		return array(
			'kind'     => $kind,
			'file'     => Nachtwacht_Paths::encode( $file ),
			'name'     => $field( 'Name' ),
			'version'  => $field( 'Version' ),
			'author'   => $field( 'Author' ),
			'uri'      => $field( 'PluginURI' ),
			'update'   => $field( 'UpdateURI' ),
			'requires' => $field( 'RequiresWP' ),
			'php'      => $field( 'RequiresPHP' ),
		);
	}

	/**
	 * Themes.
	 *
	 * @param Nachtwacht_Answer $answer Where records go.
	 */
	private static function themes( $answer ) {
		if ( empty( $GLOBALS['wp_theme_directories'] ) ) {
			register_theme_directory( get_theme_root() );
		}
		$style  = (string) get_option( 'stylesheet' );
		$parent = (string) get_option( 'template' );
		foreach ( wp_get_themes( array( 'errors' => null ) ) as $slug => $theme ) {
			$answer->record( array(
				'kind'    => 'theme',
				'file'    => Nachtwacht_Paths::encode( (string) $slug ),
				'name'    => substr( wp_strip_all_tags( (string) $theme->get( 'Name' ) ), 0, 500 ),
				'version' => substr( (string) $theme->get( 'Version' ), 0, 100 ),
				'parent'  => $theme->get( 'Template' ) ? Nachtwacht_Paths::encode( (string) $theme->get( 'Template' ) ) : null,
				'active'  => $slug === $style,
				'in_use'  => $slug === $style || $slug === $parent,
			) );
		}
	}

	/**
	 * The database.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	private static function database( Nachtwacht_Command $command ) {
		$db  = $command->db();
		$row = $db->one( 'SELECT VERSION() AS version, @@version_comment AS comment, @@max_allowed_packet AS packet' );
		$sum = $db->one( 'SELECT COUNT(*) AS tables, COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) AS bytes FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE ' . Nachtwacht_Db_Table::utf8( addcslashes( $db->prefix, '\\%_' ) . '%' ) );
		return array(
			'kind'    => 'database',
			'version' => (string) $row['version'],
			'comment' => (string) $row['comment'],
			'packet'  => (int) $row['packet'],
			'prefix'  => $db->prefix,
			'tables'  => (int) $sum['tables'],
			'bytes'   => (int) $sum['bytes'],
		);
	}
}
