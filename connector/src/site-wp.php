<?php
/**
 * The site with WordPress's core loaded (ordinary plugins need not be).
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Truth is in the database; the state folder mirrors it for the rescue entry.
 */
final class Nachtwacht_Site_Wp extends Nachtwacht_Site {
	/**
	 * Makes the site.
	 *
	 * @param string $entry rest, ajax, or admin for the settings page.
	 */
	public function __construct( $entry ) {
		$this->entry = $entry;
	}

	/** {@inheritDoc} */
	public function content() {
		$real = realpath( WP_CONTENT_DIR );
		return false === $real ? WP_CONTENT_DIR : $real;
	}

	/** {@inheritDoc} */
	public function abspath() {
		return '/' === ABSPATH ? '/' : rtrim( ABSPATH, '/\\' );
	}

	/** {@inheritDoc} */
	public function has_wordpress() {
		return true;
	}

	/** {@inheritDoc} */
	public function state() {
		return Nachtwacht_Wp_Store::state();
	}

	/**
	 * Home address as it is stored, untouched by filters.
	 *
	 * @param string $option home or siteurl.
	 * @return string
	 */
	public static function address( $option ) {
		global $wpdb;
		$constant = 'home' === $option ? 'WP_HOME' : 'WP_SITEURL';
		if ( defined( $constant ) && is_string( constant( $constant ) ) && ! is_multisite() ) {
			return rtrim( constant( $constant ), '/' );
		}
		$table = is_multisite() ? $wpdb->get_blog_prefix( get_main_site_id() ) . 'options' : $wpdb->options;
		// phpcs:ignore WordPress.DB.PreparedSQL -- the name is WordPress's own.
		return rtrim( (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM `$table` WHERE option_name = %s", $option ) ), '/' );
	}

	/**
	 * Address of rescue.php.
	 *
	 * @return string
	 */
	public static function direct_address() {
		$url = WP_PLUGIN_URL . '/' . basename( dirname( __DIR__ ) ) . '/rescue.php';
		if ( 0 === strpos( self::address( 'home' ), 'https://' ) ) {
			$url = (string) preg_replace( '~^http://~', 'https://', $url );
		}
		return $url;
	}

	/**
	 * The addresses of the three entries.
	 *
	 * @return array{direct: string, rest: string, ajax: string}
	 */
	public static function entries() {
		return array(
			'direct' => self::direct_address(),
			'rest'   => self::address( 'home' ) . '/?rest_route=/nachtwacht/v1/do',
			'ajax'   => self::address( 'siteurl' ) . '/wp-admin/admin-ajax.php?action=nachtwacht',
		);
	}

	/**
	 * What the rescue entry must know of this place.
	 *
	 * @return array
	 */
	public function place() {
		$direct = self::direct_address();
		$dirs   = array();
		foreach ( array(
			'plugins'    => WP_PLUGIN_DIR,
			'mu-plugins' => WPMU_PLUGIN_DIR,
		) as $id => $folder ) {
			$real = realpath( $folder );
			if ( false !== $real ) {
				$dirs[ $id ] = $real;
			}
		}
		return array(
			'url'         => self::address( 'home' ),
			'host'        => (string) wp_parse_url( $direct, PHP_URL_HOST ),
			'direct_path' => (string) wp_parse_url( $direct, PHP_URL_PATH ),
			'content'     => $this->content(),
			'abspath'     => $this->abspath(),
			'dirs'        => $dirs,
			'multisite'   => is_multisite(),
		);
	}

	/** {@inheritDoc} */
	public function moved( array $state ) {
		$mirror = Nachtwacht_State::read( $this->folder() );
		if ( null !== $mirror && ( $mirror['public_key'] !== $state['public_key'] || $mirror['site'] !== $state['site'] ) ) {
			return true;
		}
		return self::bare_url( self::address( 'home' ) ) !== self::bare_url( $state['url'] );
	}

	/** {@inheritDoc} */
	public function highest_claim( array $state ) {
		return max( $state['claim'], (int) Nachtwacht_Claims::highest( $this->folder() ) );
	}

	/** {@inheritDoc} */
	public function take_nonce( $nonce, $ts ) {
		return Nachtwacht_Wp_Store::take_nonce( $nonce, $ts );
	}

	/** {@inheritDoc} */
	public function let_in( array $state, $claim ) {
		$by_file = Nachtwacht_Claims::raise( $this->folder(), $claim );
		if ( false === $by_file ) {
			return false;
		}
		$now     = time();
		$contact = isset( $state['contact'] ) ? (int) $state['contact'] : 0;
		if ( $claim <= $state['claim'] && $now - $contact <= 60 ) {
			return true;
		}
		$before = Nachtwacht_Wp_Store::read( Nachtwacht_Wp_Store::STATE );
		$state  = array_merge(
			$state,
			array(
				'claim'   => max( $claim, $state['claim'] ),
				'contact' => $now,
			)
		);
		// Only over what was read: a request on its way must not bring back a platform that was just unpaired.
		$same = is_string( $before ) && Nachtwacht_State::valid( json_decode( $before, true, 8 ) );
		$done = $same && $this->save( $state, $before );
		return true === $by_file || $done ? true : null;
	}

	/**
	 * Stores the state in both places. The place of things is brought up to date, the home address of the pairing is not.
	 *
	 * @param array       $state Valid state.
	 * @param string|null $over  The row it replaces, exactly; null when there may be any or none.
	 * @return bool Whether the database has it.
	 */
	public function save( array $state, $over = null ) {
		$place = $this->place();
		unset( $place['url'] );
		$state = array_merge( $state, $place );
		if ( ! Nachtwacht_State::valid( $state ) ) {
			return false;
		}
		$json = nachtwacht_json( $state );
		$done = null === $over
			? Nachtwacht_Wp_Store::write( Nachtwacht_Wp_Store::STATE, $json )
			: ( $over === $json || Nachtwacht_Wp_Store::swap( Nachtwacht_Wp_Store::STATE, $over, $json ) );
		if ( $done ) {
			Nachtwacht_State::write( $this->folder(), $state );
		}
		return $done;
	}

	/** {@inheritDoc} */
	public function forget() {
		$gone = Nachtwacht_State::forget( $this->folder() );
		Nachtwacht_Wp_Store::remove( Nachtwacht_Wp_Store::STATE );
		Nachtwacht_Wp_Store::remove( Nachtwacht_Wp_Store::CODE );
		Nachtwacht_Wp_Store::drop_nonces();
		Nachtwacht_Nonces::forget( $this->folder() );
		@unlink( $this->folder() . '/' . Nachtwacht_Fatals::FILE );
		return $gone && null === Nachtwacht_Wp_Store::state();
	}

	/** {@inheritDoc} */
	public function database() {
		global $wpdb;
		return array(
			'host'     => (string) DB_HOST,
			'user'     => (string) DB_USER,
			'password' => (string) DB_PASSWORD,
			'name'     => (string) DB_NAME,
			'flags'    => defined( 'MYSQL_CLIENT_FLAGS' ) ? (int) MYSQL_CLIENT_FLAGS : 0,
			'prefix'   => (string) $wpdb->base_prefix,
		);
	}
}
