<?php
/**
 * The one choke point: every signed request passes here before anything else runs.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Decides about a request from the stored state, the request and the time; touches nothing.
 */
final class Nachtwacht_Auth {
	const WINDOW = 300;
	const FIELDS = array( 'claim', 'key', 'nonce', 'sig', 'site', 'ts', 'v' );

	/**
	 * Gives the auth object when the request is ours, in the order of PROTOCOL.md, section 2.
	 *
	 * @param array|null $state       State as Nachtwacht_State::valid() let it through, or null.
	 * @param mixed      $header      Auth object, base64url.
	 * @param mixed      $uri         REQUEST_URI.
	 * @param callable   $payload_sha Gives sha256 (hex) of the payload; only called when all else is right.
	 * @param int        $now         Unix seconds.
	 * @return array
	 * @throws Nachtwacht_Denied For everything else.
	 */
	public static function check( $state, $header, $uri, callable $payload_sha, $now ) {
		if ( ! is_array( $state ) || ! Nachtwacht_State::valid( $state ) ) {
			throw new Nachtwacht_Denied( 'unpaired' );
		}
		if ( ! is_string( $header ) || '' === $header ) {
			throw new Nachtwacht_Denied( 'signature-missing' );
		}
		$auth = self::parse( $header );
		if ( null === $auth || ! is_string( $uri ) || '' === $uri || false !== strpbrk( $uri, "\r\n\0" ) ) {
			throw new Nachtwacht_Denied( 'malformed' );
		}
		if ( NACHTWACHT_PROTOCOL !== $auth['v'] ) {
			throw new Nachtwacht_Denied( 'version' );
		}
		$public = nachtwacht_from_base64( $state['public_key'] );
		if ( ! hash_equals( $state['site'], $auth['site'] ) ) {
			throw new Nachtwacht_Denied( 'wrong-site' );
		}
		if ( ! hash_equals( self::key_id( $public ), $auth['key'] ) ) {
			throw new Nachtwacht_Denied( 'wrong-key' );
		}
		if ( abs( $now - $auth['ts'] ) > self::WINDOW ) {
			throw new Nachtwacht_Denied( 'clock' );
		}
		$text = self::signed_text( $auth, $uri, $payload_sha() );
		if ( true !== self::verify( $auth['signature'], $text, $public ) ) {
			throw new Nachtwacht_Denied( 'signature' );
		}
		return $auth;
	}

	/**
	 * The text that the platform signs.
	 *
	 * @param array  $auth        Checked auth object.
	 * @param string $uri         REQUEST_URI.
	 * @param string $payload_sha Hex.
	 * @return string
	 */
	public static function signed_text( array $auth, $uri, $payload_sha ) {
		return implode(
			"\n",
			array( 'NACHTWACHT1', 'POST', $uri, $payload_sha, $auth['ts'], $auth['nonce'], $auth['site'], $auth['key'], $auth['claim'] )
		);
	}

	/**
	 * Name of a public key: first 8 bytes of its sha256.
	 *
	 * @param string $public Raw 32 bytes.
	 * @return string
	 */
	public static function key_id( $public ) {
		return substr( hash( 'sha256', $public ), 0, 16 );
	}

	/**
	 * Reads the auth object; no field too many, none missing, none of another type.
	 *
	 * @param string $header Base64url.
	 * @return array|null
	 */
	private static function parse( $header ) {
		$json = strlen( $header ) <= 2048 ? nachtwacht_from_base64url( $header ) : null;
		$auth = null === $json ? null : json_decode( $json, true, 3 );
		if ( ! is_array( $auth ) ) {
			return null;
		}
		$names = array_keys( $auth );
		sort( $names, SORT_STRING );
		if ( self::FIELDS !== $names ) {
			return null;
		}
		foreach ( array( 'site', 'key', 'nonce', 'sig' ) as $name ) {
			if ( ! is_string( $auth[ $name ] ) ) {
				return null;
			}
		}
		foreach ( array( 'v', 'ts', 'claim' ) as $name ) {
			if ( ! is_int( $auth[ $name ] ) || $auth[ $name ] < 0 || $auth[ $name ] > 9007199254740991 ) {
				return null;
			}
		}
		$signature = nachtwacht_from_base64( $auth['sig'] );
		$right     = $auth['v'] >= 1
			&& 1 === preg_match( '/^[A-Za-z0-9_-]{1,64}\z/', $auth['site'] )
			&& 1 === preg_match( '/^[0-9a-f]{16}\z/', $auth['key'] )
			&& 1 === preg_match( '/^[0-9a-f]{32}\z/', $auth['nonce'] )
			&& null !== $signature && 64 === strlen( $signature );
		if ( ! $right ) {
			return null;
		}
		$auth['signature'] = $signature;
		return $auth;
	}

	/**
	 * Ed25519. Lengths are checked here too, and only a true `true` counts.
	 *
	 * @param mixed $signature 64 bytes.
	 * @param mixed $text      Signed text.
	 * @param mixed $public    32 bytes.
	 * @return bool
	 */
	public static function verify( $signature, $text, $public ) {
		if ( ! is_string( $signature ) || 64 !== strlen( $signature ) || ! is_string( $public ) || 32 !== strlen( $public ) ) {
			return false;
		}
		if ( ! is_string( $text ) || ! function_exists( 'sodium_crypto_sign_verify_detached' ) ) {
			return false;
		}
		try {
			return true === sodium_crypto_sign_verify_detached( $signature, $text, $public );
		} catch ( Throwable $problem ) {
			return false;
		}
	}
}
