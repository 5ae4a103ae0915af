<?php
/**
 * Pairing by a one-time code (PROTOCOL.md, section 6).
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * The code never travels: both sides prove that they have it.
 */
final class Nachtwacht_Pairing {
	const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	const LIFETIME = 900;
	const TRIES    = 5;
	const FIELDS   = array( 'site', 'url', 'platform', 'public_key', 'ts', 'nonce' );

	/**
	 * Makes a code and stores it for a quarter of an hour.
	 *
	 * @return array{code: string, expires: int}|null Null when it could not be stored.
	 */
	public static function make_code() {
		$code = '';
		foreach ( str_split( random_bytes( 20 ) ) as $byte ) {
			$code .= self::ALPHABET[ ord( $byte ) & 31 ];
		}
		$expires = time() + self::LIFETIME;
		$stored  = nachtwacht_json(
			array(
				'code'    => $code,
				'expires' => $expires,
				'tries'   => self::TRIES,
			)
		);
		if ( ! Nachtwacht_Wp_Store::write( Nachtwacht_Wp_Store::CODE, $stored ) ) {
			return null;
		}
		return array(
			'code'    => implode( '-', str_split( $code, 5 ) ),
			'expires' => $expires,
		);
	}

	/**
	 * The 20 characters behind a typed code.
	 *
	 * @param mixed $typed What a person typed.
	 * @return string|null
	 */
	public static function read_code( $typed ) {
		if ( ! is_string( $typed ) ) {
			return null;
		}
		$code = strtr( strtoupper( (string) preg_replace( '/[\s-]+/', '', $typed ) ), 'OIL', '011' );
		return 1 === preg_match( '/^[' . self::ALPHABET . ']{20}\z/', $code ) ? $code : null;
	}

	/**
	 * Proof of having the code.
	 *
	 * @param string $head  NACHTWACHT1-PAIR or NACHTWACHT1-PAIRED.
	 * @param array  $offer Checked offer.
	 * @param string $code  The 20 characters.
	 * @param array  $more  What follows the fields.
	 * @return string Hex.
	 */
	public static function proof( $head, array $offer, $code, array $more = array() ) {
		$parts = array( $head );
		foreach ( self::FIELDS as $name ) {
			$parts[] = (string) $offer[ $name ];
		}
		return hash_hmac( 'sha256', implode( "\n", array_merge( $parts, $more ) ), $code );
	}

	/**
	 * Whether an offer has exactly the form it should have.
	 *
	 * @param array $offer Arguments of `pair`.
	 * @return bool
	 */
	public static function well_formed( array $offer ) {
		foreach ( array( 'site', 'url', 'platform', 'public_key', 'nonce', 'proof' ) as $name ) {
			if ( ! isset( $offer[ $name ] ) || ! is_string( $offer[ $name ] ) ) {
				return false;
			}
		}
		$public = nachtwacht_from_base64( $offer['public_key'] );
		return isset( $offer['ts'] ) && is_int( $offer['ts'] ) && $offer['ts'] > 0
			&& null !== $public && 32 === strlen( $public ) && str_repeat( "\0", 32 ) !== $public
			&& 1 === preg_match( '/^[A-Za-z0-9_-]{1,64}\z/', $offer['site'] )
			&& 1 === preg_match( '/^[0-9a-f]{32}\z/', $offer['nonce'] )
			&& 1 === preg_match( '/^[0-9a-f]{64}\z/', $offer['proof'] )
			&& 1 === preg_match( '~^https?://[^\s"<>\\\\]{1,500}\z~', $offer['url'] )
			&& 1 === preg_match( '/^[^\x00-\x1F\x7F]{1,200}\z/u', $offer['platform'] );
	}

	/**
	 * Pairs, or refuses.
	 *
	 * @param Nachtwacht_Site $site  The site.
	 * @param array           $offer Arguments of `pair`.
	 * @param int             $now   Unix seconds.
	 * @return array Fields of the end record.
	 * @throws Nachtwacht_Denied With the codes of PROTOCOL.md.
	 */
	public static function pair( Nachtwacht_Site $site, array $offer, $now ) {
		if ( ! $site instanceof Nachtwacht_Site_Wp ) {
			throw new Nachtwacht_Denied( null === $site->state() ? 'needs-wordpress' : 'paired-already' );
		}
		if ( null !== Nachtwacht_Wp_Store::read( Nachtwacht_Wp_Store::STATE ) && null !== $site->state() ) {
			throw new Nachtwacht_Denied( 'paired-already' );
		}
		if ( ! self::well_formed( $offer ) ) {
			throw new Nachtwacht_Denied( 'malformed' );
		}
		if ( abs( $now - $offer['ts'] ) > Nachtwacht_Auth::WINDOW ) {
			throw new Nachtwacht_Denied( 'clock' );
		}
		$code  = self::spend_try( $offer, $now );
		$home  = Nachtwacht_Site_Wp::address( 'home' );
		$state = array_merge(
			$site->place(),
			array(
				'site'       => $offer['site'],
				'public_key' => $offer['public_key'],
				'platform'   => $offer['platform'],
				'asked_url'  => $offer['url'],
				'paired_at'  => $now,
				'contact'    => $now,
				'claim'      => 0,
			)
		);
		Nachtwacht_State::forget( $site->folder() );
		@unlink( $site->folder() . '/claim.php' );
		if ( ! $site->save( $state ) ) {
			throw new Nachtwacht_Denied( 'not-stored' );
		}
		Nachtwacht_Install::keep_sodium( $site );
		return array(
			'ok'        => true,
			'proof'     => self::proof( 'NACHTWACHT1-PAIRED', $offer, $code, array( $home ) ),
			'url'       => $home,
			'entries'   => Nachtwacht_Site_Wp::entries(),
			'wp'        => (string) $GLOBALS['wp_version'],
			'multisite' => is_multisite(),
			'protocol'  => NACHTWACHT_PROTOCOL,
			'plugin'    => NACHTWACHT_VERSION,
			'rescue'    => null !== Nachtwacht_State::read( $site->folder() ),
		);
	}

	/**
	 * Spends one try, or the code itself when the proof is right. Only one of several requests at once can win.
	 *
	 * @param array $offer Checked offer.
	 * @param int   $now   Unix seconds.
	 * @return string The 20 characters.
	 * @throws Nachtwacht_Denied 'pairing-code'.
	 */
	private static function spend_try( array $offer, $now ) {
		$text   = Nachtwacht_Wp_Store::read( Nachtwacht_Wp_Store::CODE );
		$stored = null === $text ? null : json_decode( $text, true, 3 );
		$usable = is_array( $stored ) && isset( $stored['code'], $stored['expires'], $stored['tries'] )
			&& is_int( $stored['expires'] ) && is_int( $stored['tries'] ) && self::read_code( $stored['code'] ) === $stored['code'];
		if ( ! $usable || $now >= $stored['expires'] || $stored['expires'] > $now + self::LIFETIME || $stored['tries'] < 1 ) {
			throw new Nachtwacht_Denied( 'pairing-code' );
		}
		$right = hash_equals( self::proof( 'NACHTWACHT1-PAIR', $offer, $stored['code'] ), $offer['proof'] );
		if ( ! $right ) {
			--$stored['tries'];
		}
		$after = $right || $stored['tries'] < 1 ? '' : nachtwacht_json( $stored );
		if ( ! Nachtwacht_Wp_Store::swap( Nachtwacht_Wp_Store::CODE, $text, $after ) || ! $right ) {
			throw new Nachtwacht_Denied( 'pairing-code' );
		}
		return $stored['code'];
	}
}
