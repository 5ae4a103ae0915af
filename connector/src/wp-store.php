<?php
/**
 * State in the database of WordPress, read and written as it lies there.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * One row of the options table (sitemeta on multisite). Never through get_option(): filters and stale object caches
 * have no say in who may command this site.
 */
final class Nachtwacht_Wp_Store {
	const STATE = 'nachtwacht_connector_state';
	const CODE  = 'nachtwacht_connector_code';

	/**
	 * Table and columns of our rows.
	 *
	 * @return array{table: string, name: string, value: string, where: string}
	 */
	private static function place() {
		global $wpdb;
		if ( is_multisite() ) {
			return array(
				'table' => $wpdb->sitemeta,
				'name'  => 'meta_key',
				'value' => 'meta_value',
				'where' => ' AND site_id = ' . (int) get_main_network_id(),
			);
		}
		return array(
			'table' => $wpdb->options,
			'name'  => 'option_name',
			'value' => 'option_value',
			'where' => '',
		);
	}

	/**
	 * Reads a row.
	 *
	 * @param string $name STATE or CODE.
	 * @return string|null
	 */
	public static function read( $name ) {
		global $wpdb;
		$p = self::place();
		// phpcs:ignore WordPress.DB.PreparedSQL -- the names are ours, see place().
		$value = $wpdb->get_var( $wpdb->prepare( "SELECT {$p['value']} FROM {$p['table']} WHERE {$p['name']} = %s{$p['where']} LIMIT 1", $name ) );
		return is_string( $value ) ? $value : null;
	}

	/**
	 * Writes a row.
	 *
	 * @param string $name  STATE or CODE.
	 * @param string $value JSON.
	 * @return bool
	 */
	public static function write( $name, $value ) {
		global $wpdb;
		$p    = self::place();
		$have = self::read( $name );
		if ( $have === $value ) {
			return true;
		}
		if ( null !== $have ) {
			$where = array( $p['name'] => $name );
			if ( is_multisite() ) {
				$where['site_id'] = get_main_network_id();
			}
			$done = $wpdb->update( $p['table'], array( $p['value'] => $value ), $where );
		} else {
			$row = array(
				$p['name']  => $name,
				$p['value'] => $value,
			);
			if ( is_multisite() ) {
				$row['site_id'] = get_main_network_id();
			} else {
				$row['autoload'] = 'no';
			}
			$done = $wpdb->insert( $p['table'], $row );
		}
		self::forget_cache( $name );
		return false !== $done && self::read( $name ) === $value;
	}

	/**
	 * Replaces a row only when it still has the value that was read: one of two that try at once wins.
	 *
	 * @param string $name STATE or CODE.
	 * @param string $from Value that was read.
	 * @param string $to   New value; '' removes the row.
	 * @return bool
	 */
	public static function swap( $name, $from, $to ) {
		global $wpdb;
		$p = self::place();
		if ( '' === $to ) {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the names are ours, see place().
			$done = $wpdb->query( $wpdb->prepare( "DELETE FROM {$p['table']} WHERE {$p['name']} = %s AND {$p['value']} = %s{$p['where']}", $name, $from ) );
		} else {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the names are ours, see place().
			$done = $wpdb->query( $wpdb->prepare( "UPDATE {$p['table']} SET {$p['value']} = %s WHERE {$p['name']} = %s AND {$p['value']} = %s{$p['where']}", $to, $name, $from ) );
		}
		self::forget_cache( $name );
		return 1 === $done;
	}

	/**
	 * Removes a row.
	 *
	 * @param string $name STATE or CODE.
	 */
	public static function remove( $name ) {
		global $wpdb;
		$p = self::place();
		// phpcs:ignore WordPress.DB.PreparedSQL -- the names are ours, see place().
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$p['table']} WHERE {$p['name']} = %s{$p['where']}", $name ) );
		self::forget_cache( $name );
	}

	/**
	 * So that WordPress does not show an older value.
	 *
	 * @param string $name STATE or CODE.
	 */
	private static function forget_cache( $name ) {
		wp_cache_delete( $name, 'options' );
		wp_cache_delete( 'notoptions', 'options' );
		if ( is_multisite() ) {
			wp_cache_delete( get_main_network_id() . ':' . $name, 'site-options' );
			wp_cache_delete( get_main_network_id() . ':notoptions', 'site-options' );
		}
	}

	/**
	 * State, or null when it is not there or not whole.
	 *
	 * @return array|null
	 */
	public static function state() {
		$text  = self::read( self::STATE );
		$state = null === $text ? null : json_decode( $text, true, 8 );
		return Nachtwacht_State::valid( $state ) ? $state : null;
	}

	/**
	 * Name of the nonce table.
	 *
	 * @return string
	 */
	public static function nonce_table() {
		global $wpdb;
		return $wpdb->base_prefix . 'nachtwacht_nonces';
	}

	/**
	 * Takes a nonce: the unique key decides.
	 *
	 * @param string $nonce Checked nonce.
	 * @param int    $ts    Signed time.
	 * @return bool|null True: new. False: used before. Null: it cannot be recorded.
	 */
	public static function take_nonce( $nonce, $ts ) {
		global $wpdb;
		$table = self::nonce_table();
		$hide  = $wpdb->suppress_errors( true );
		// phpcs:ignore WordPress.DB.PreparedSQL -- the name is ours.
		$insert = $wpdb->prepare( "INSERT IGNORE INTO `$table` (nonce, ts) VALUES (%s, %d)", $nonce, $ts );
		$done   = $wpdb->query( $insert ); // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
		if ( false === $done ) {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the name is ours.
			$wpdb->query( "CREATE TABLE IF NOT EXISTS `$table` (nonce char(32) CHARACTER SET ascii NOT NULL, ts bigint NOT NULL, PRIMARY KEY (nonce), KEY ts (ts))" );
			$done = $wpdb->query( $insert ); // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
		}
		if ( 1 === $done && 0 === ord( $nonce ) % 16 ) {
			// phpcs:ignore WordPress.DB.PreparedSQL -- the name is ours.
			$wpdb->query( $wpdb->prepare( "DELETE FROM `$table` WHERE ts < %d", $ts - 4 * Nachtwacht_Auth::WINDOW ) );
		}
		$wpdb->suppress_errors( $hide );
		return false === $done ? null : 1 === $done;
	}

	/**
	 * Drops the nonce table.
	 */
	public static function drop_nonces() {
		global $wpdb;
		$table = self::nonce_table();
		$wpdb->query( "DROP TABLE IF EXISTS `$table`" ); // phpcs:ignore WordPress.DB.PreparedSQL -- the name is ours.
	}
}
