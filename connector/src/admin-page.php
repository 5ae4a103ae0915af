<?php
/**
 * The settings page.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Shown to administrators; on multisite to network administrators only. Forms post to the page itself, so that a new
 * code is shown in that answer and nowhere else.
 */
final class Nachtwacht_Admin_Page {
	const SLUG  = 'nachtwacht-connector';
	const NONCE = 'nachtwacht_nonce';

	/**
	 * Code that was just made, to be shown once.
	 *
	 * @var array{code: string, expires: int}|null
	 */
	private static $made = null;

	/**
	 * What to tell: list of [type, text].
	 *
	 * @var array[]
	 */
	private static $notices = array();

	/**
	 * Registers the page.
	 *
	 * @param string $file Main file of the plugin.
	 */
	public static function hooks( $file ) {
		add_action( is_multisite() ? 'network_admin_menu' : 'admin_menu', array( __CLASS__, 'menu' ) );
		$links = ( is_multisite() ? 'network_admin_' : '' ) . 'plugin_action_links_' . plugin_basename( $file );
		add_filter( $links, array( __CLASS__, 'links' ) );
	}

	/**
	 * Who may see and use the page.
	 *
	 * @return string Capability.
	 */
	private static function capability() {
		return is_multisite() ? 'manage_network_options' : 'manage_options';
	}

	/**
	 * Address of the page.
	 *
	 * @return string
	 */
	private static function address() {
		return is_multisite() ? network_admin_url( 'settings.php?page=' . self::SLUG ) : admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Adds the page to the menu.
	 */
	public static function menu() {
		$parent = is_multisite() ? 'settings.php' : 'options-general.php';
		$hook   = add_submenu_page( $parent, __( 'Nachtwacht', 'nachtwacht-connector' ), __( 'Nachtwacht', 'nachtwacht-connector' ), self::capability(), self::SLUG, array( __CLASS__, 'show' ) );
		if ( is_string( $hook ) ) {
			add_action( 'load-' . $hook, array( __CLASS__, 'act' ) );
		}
	}

	/**
	 * Adds a link to the list of plugins.
	 *
	 * @param array $links Links.
	 * @return array
	 */
	public static function links( $links ) {
		if ( current_user_can( self::capability() ) ) {
			array_unshift( $links, '<a href="' . esc_url( self::address() ) . '">' . esc_html__( 'Settings', 'nachtwacht-connector' ) . '</a>' );
		}
		return $links;
	}

	/**
	 * Carries out what a form of the page asks for.
	 */
	public static function act() {
		$method = isset( $_SERVER['REQUEST_METHOD'] ) ? sanitize_key( wp_unslash( $_SERVER['REQUEST_METHOD'] ) ) : '';
		if ( 'post' !== $method || ! isset( $_POST['nachtwacht_do'] ) ) {
			return;
		}
		if ( ! current_user_can( self::capability() ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'nachtwacht-connector' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( 'nachtwacht_page', self::NONCE );
		$what = sanitize_key( wp_unslash( $_POST['nachtwacht_do'] ) );
		$site = new Nachtwacht_Site_Wp( 'admin' );
		if ( 'unpair' === $what ) {
			self::$notices[] = $site->forget()
				? array( 'success', __( 'This site is not paired any more.', 'nachtwacht-connector' ) )
				: array( 'error', __( 'The key could not be removed: the folder wp-content/nachtwacht-state cannot be written. Remove that folder by hand.', 'nachtwacht-connector' ) );
		}
		if ( 'code' === $what && null === $site->state() ) {
			self::$made = Nachtwacht_Pairing::make_code();
			if ( null === self::$made ) {
				self::$notices[] = array( 'error', __( 'The code could not be stored in the database.', 'nachtwacht-connector' ) );
			}
		}
	}

	/**
	 * Shows the page.
	 */
	public static function show() {
		if ( ! current_user_can( self::capability() ) ) {
			return;
		}
		$site  = new Nachtwacht_Site_Wp( 'admin' );
		$state = $site->state();
		echo '<div class="wrap"><h1>' . esc_html__( 'Nachtwacht', 'nachtwacht-connector' ) . '</h1>';
		foreach ( self::$notices as list( $type, $text ) ) {
			printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $type ), esc_html( $text ) );
		}
		if ( ! Nachtwacht_Install::loader_is_right() ) {
			echo '<div class="notice notice-warning"><p>' . esc_html__( 'The must-use loader could not be written. Nachtwacht works, but a fatal error in another plugin can shut it out of the REST and admin-ajax entries. Make the folder mu-plugins writable to mend this.', 'nachtwacht-connector' ) . '</p></div>';
		}
		if ( null === $state ) {
			self::show_unpaired();
		} else {
			self::show_paired( $site, $state );
		}
		echo '</div>';
	}

	/**
	 * A form with one button.
	 *
	 * @param string $what  What it does.
	 * @param string $label Text of the button.
	 * @param string $style Class of the button.
	 */
	private static function button( $what, $label, $style ) {
		echo '<form method="post" action="' . esc_url( self::address() ) . '">';
		wp_nonce_field( 'nachtwacht_page', self::NONCE );
		echo '<input type="hidden" name="nachtwacht_do" value="' . esc_attr( $what ) . '">';
		echo '<p><button type="submit" class="button ' . esc_attr( $style ) . '">' . esc_html( $label ) . '</button></p></form>';
	}

	/**
	 * The page of a site that is not paired.
	 */
	private static function show_unpaired() {
		echo '<p>' . esc_html__( 'This site is not paired. Until it is, the plugin does nothing and answers nobody.', 'nachtwacht-connector' ) . '</p>';
		if ( null !== self::$made ) {
			echo '<h2>' . esc_html__( 'Pairing code', 'nachtwacht-connector' ) . '</h2>';
			echo '<p><code style="font-size:1.6em;padding:.4em .6em;user-select:all">' . esc_html( self::$made['code'] ) . '</code></p>';
			/* translators: %s: time of day */
			echo '<p>' . esc_html( sprintf( __( 'Valid until %s, for one pairing. It is shown only now: a new code replaces it.', 'nachtwacht-connector' ), wp_date( get_option( 'time_format' ), self::$made['expires'] ) ) ) . '</p>';
		}
		echo '<h2>' . esc_html__( 'What to do', 'nachtwacht-connector' ) . '</h2><ol>';
		echo '<li>' . esc_html__( 'Make a pairing code here.', 'nachtwacht-connector' ) . '</li>';
		echo '<li>' . esc_html__( 'Give it to your agency within 15 minutes, or enter it in Nachtwacht yourself at this site.', 'nachtwacht-connector' ) . '</li>';
		echo '<li>' . esc_html__( 'Reload this page: it then says with whom the site is paired.', 'nachtwacht-connector' ) . '</li></ol>';
		self::button( 'code', __( 'Make a pairing code', 'nachtwacht-connector' ), 'button-primary' );
	}

	/**
	 * The page of a paired site.
	 *
	 * @param Nachtwacht_Site_Wp $site  The site.
	 * @param array              $state Valid state.
	 */
	private static function show_paired( Nachtwacht_Site_Wp $site, array $state ) {
		if ( $site->moved( $state ) ) {
			/* translators: %s: address of a site */
			echo '<div class="notice notice-warning"><p>' . esc_html( sprintf( __( 'This looks like a copy: the pairing belongs to %s. Nachtwacht does nothing here. To have this copy looked after as well, unpair it and pair it as a site of its own; the original is not affected.', 'nachtwacht-connector' ), $state['url'] ) ) . '</p></div>';
		}
		$contact = max( isset( $state['contact'] ) ? (int) $state['contact'] : 0, (int) @filemtime( $site->folder() . '/claim.php' ) );
		$rescue  = null !== Nachtwacht_State::read( $site->folder() );
		$format  = get_option( 'date_format' ) . ' ' . get_option( 'time_format' );
		$rows    = array(
			__( 'Paired with', 'nachtwacht-connector' )  => $state['platform'],
			__( 'Since', 'nachtwacht-connector' )        => wp_date( $format, $state['paired_at'] ),
			/* translators: %s: a time span such as "5 minutes" */
			__( 'Last contact', 'nachtwacht-connector' ) => $contact > 0 ? sprintf( __( '%s ago', 'nachtwacht-connector' ), human_time_diff( $contact ) ) . ' (' . wp_date( $format, $contact ) . ')' : __( 'never', 'nachtwacht-connector' ),
			__( 'Address', 'nachtwacht-connector' )      => $state['url'],
			__( 'Site id', 'nachtwacht-connector' )      => $state['site'],
			__( 'Key', 'nachtwacht-connector' )          => Nachtwacht_Auth::key_id( (string) nachtwacht_from_base64( $state['public_key'] ) ),
			__( 'Rescue entry', 'nachtwacht-connector' ) => $rescue ? __( 'ready', 'nachtwacht-connector' ) : __( 'not available: the content folder cannot be written', 'nachtwacht-connector' ),
		);
		echo '<p>' . esc_html__( 'This site is paired. Only requests signed with the key below are carried out.', 'nachtwacht-connector' ) . '</p>';
		echo '<table class="form-table" role="presentation"><tbody>';
		foreach ( $rows as $name => $value ) {
			echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>' . esc_html( (string) $value ) . '</td></tr>';
		}
		echo '</tbody></table><h2>' . esc_html__( 'Unpair', 'nachtwacht-connector' ) . '</h2>';
		echo '<p>' . esc_html__( 'The site forgets the key at once. Backups that exist stay with your agency; new ones are not made until the site is paired again.', 'nachtwacht-connector' ) . '</p>';
		self::button( 'unpair', __( 'Unpair', 'nachtwacht-connector' ), 'button-secondary' );
	}
}
