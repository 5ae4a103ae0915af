<?php
/**
 * The site as an entry sees it, with WordPress or without.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * What commands may ask of the site.
 */
abstract class Nachtwacht_Site {
	/**
	 * Name of the entry: direct, rest, ajax.
	 *
	 * @var string
	 */
	public $entry;

	/**
	 * The content folder.
	 *
	 * @return string Absolute path.
	 */
	abstract public function content();

	/**
	 * WordPress's own folder, without a slash at its end.
	 *
	 * @return string Absolute path.
	 */
	abstract public function abspath();

	/**
	 * Whether WordPress is loaded.
	 *
	 * @return bool
	 */
	abstract public function has_wordpress();

	/**
	 * State, or null when not paired.
	 *
	 * @return array|null
	 */
	abstract public function state();

	/**
	 * Whether this is another site than the one that was paired (a copy, another address).
	 *
	 * @param array $state Valid state.
	 * @return bool
	 */
	abstract public function moved( array $state );

	/**
	 * Highest claim seen.
	 *
	 * @param array $state Valid state.
	 * @return int
	 */
	abstract public function highest_claim( array $state );

	/**
	 * Takes a nonce.
	 *
	 * @param string $nonce Checked nonce.
	 * @param int    $ts    Signed time.
	 * @return bool|null True: new. False: used before. Null: it cannot be recorded.
	 */
	abstract public function take_nonce( $nonce, $ts );

	/**
	 * Records claim and contact after a request was let in.
	 *
	 * @param array $state Valid state.
	 * @param int   $claim Signed claim.
	 * @return bool|null True: recorded. False: a higher one is there. Null: it cannot be recorded.
	 */
	abstract public function let_in( array $state, $claim );

	/**
	 * Forgets the platform.
	 *
	 * @return bool Whether the key is gone.
	 */
	abstract public function forget();

	/**
	 * How to reach the database.
	 *
	 * @return array{host: string, user: string, password: string, name: string, flags: int, prefix: string}
	 * @throws Nachtwacht_Failure When that is not known without WordPress ('needs-wordpress').
	 */
	abstract public function database();

	/**
	 * State folder.
	 *
	 * @return string Absolute path.
	 */
	public function folder() {
		return Nachtwacht_State::folder( $this->content() );
	}

	/**
	 * Folder of wp-config.php when it is one level above WordPress (core's own rule), else null.
	 *
	 * @return string|null
	 */
	public function conf() {
		$root = $this->abspath();
		$up   = dirname( $root );
		if ( @is_file( $root . '/wp-config.php' ) || ! @is_file( $up . '/wp-config.php' ) || @is_file( $up . '/wp-settings.php' ) ) {
			return null;
		}
		return $up;
	}

	/**
	 * Makes Ed25519 available: PHP's own, else the copy that WordPress ships.
	 */
	public function load_sodium() {
		if ( function_exists( 'sodium_crypto_sign_verify_detached' ) ) {
			return;
		}
		foreach ( array( $this->abspath() . '/wp-includes/sodium_compat', $this->folder() . '/sodium_compat' ) as $folder ) {
			if ( @is_file( $folder . '/autoload.php' ) ) {
				require_once $folder . '/autoload.php';
				return;
			}
		}
	}

	/**
	 * An address without its scheme, for comparing.
	 *
	 * @param string $url Address.
	 * @return string
	 */
	public static function bare_url( $url ) {
		return strtolower( rtrim( (string) preg_replace( '~^[a-z]+://~i', '', trim( $url ) ), '/' ) );
	}
}
