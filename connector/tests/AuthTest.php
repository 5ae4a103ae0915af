<?php
use PHPUnit\Framework\TestCase;

/** Does the choke point let in exactly what the platform signed, and nothing else? */
final class AuthTest extends TestCase {
	private static function state( array $change = array() ): array {
		$fixture = fixture( 'auth' );
		return array_merge( array(
			'site' => $fixture['state']['site'], 'public_key' => $fixture['state']['public_key'], 'url' => 'https://shop.example',
			'host' => 'shop.example', 'direct_path' => '/x', 'platform' => 'P', 'paired_at' => 1, 'claim' => 0,
		), $change );
	}

	private static function code( $state, $header, $uri, string $payload, int $now ): string {
		try {
			Nachtwacht_Auth::check( $state, $header, $uri, static function () use ( $payload ) {
				return hash( 'sha256', $payload );
			}, $now );
			return 'accepted';
		} catch ( Nachtwacht_Denied $denied ) {
			return $denied->getMessage();
		}
	}

	public static function accepted(): array {
		return array_column( array_map( static function ( $case ) {
			return array( $case['name'], $case );
		}, fixture( 'auth' )['accepted'] ), null, 0 );
	}

	public static function refused(): array {
		return array_column( array_map( static function ( $case ) {
			return array( $case['name'], $case );
		}, fixture( 'auth' )['refused'] ), null, 0 );
	}

	/** @dataProvider accepted */
	#[PHPUnit\Framework\Attributes\DataProvider( 'accepted' )]
	public function test_what_was_signed_is_accepted( string $name, array $case ): void {
		$payload = base64_decode( $case['payload'] );
		$this->assertSame( $case['payload_sha256'], hash( 'sha256', $payload ) );
		$this->assertSame( $case['signed_text'], Nachtwacht_Auth::signed_text( $case['auth'], $case['uri'], $case['payload_sha256'] ) );
		$this->assertSame( 'accepted', self::code( self::state(), $case['header'], $case['uri'], $payload, fixture( 'auth' )['now'] ) );
		// The same request with the auth object in the body.
		$request = new Nachtwacht_Request( array( 'REQUEST_URI' => $case['uri'] ), file_of( base64_decode( $case['body'] ) ) );
		$this->assertSame( $case['header'], $request->auth );
		$this->assertSame( $case['payload_sha256'], $request->payload_sha() );
		$this->assertIsArray( $request->command() );
	}

	/** @dataProvider refused */
	#[PHPUnit\Framework\Attributes\DataProvider( 'refused' )]
	public function test_all_else_is_refused( string $name, array $case ): void {
		$all     = fixture( 'auth' );
		$payload = base64_decode( $case['payload'] ?? $all['payload'] );
		$this->assertSame( $case['code'], self::code( self::state(), $case['header'], $case['uri'] ?? $all['uri'], $payload, $case['now'] ?? $all['now'] ) );
	}

	public function test_without_a_whole_state_everything_is_refused(): void {
		$all  = fixture( 'auth' );
		$case = $all['accepted'][0];
		$bad  = array( null, false, '', array(), 1, 'x' );
		foreach ( array_keys( self::state() ) as $name ) {
			foreach ( array( null, false, true, '', array(), 1.5, '0' ) as $value ) {
				if ( ! in_array( $name, array( 'url', 'host', 'direct_path', 'platform', 'site' ), true ) || ! is_string( $value ) || ( 'url' === $name && '' === $value ) ) {
					$bad[] = self::state( array( $name => $value ) );
				}
			}
			$bad[] = array_diff_key( self::state(), array( $name => 1 ) );
		}
		foreach ( array( str_repeat( "\0", 32 ), random_bytes( 31 ), random_bytes( 33 ), '' ) as $key ) {
			$bad[] = self::state( array( 'public_key' => base64_encode( $key ) ) );
		}
		foreach ( $bad as $state ) {
			$this->assertSame( 'unpaired', self::code( $state, $case['header'], $case['uri'], base64_decode( $case['payload'] ), $all['now'] ), json_encode( $state ) );
		}
	}

	public function test_types_confused_never_verify(): void {
		$good = fixture( 'auth' );
		foreach ( array( false, true, null, '', array(), 0, 1.0, str_repeat( 'x', 63 ), str_repeat( 'x', 65 ), new stdClass() ) as $odd ) {
			$this->assertFalse( Nachtwacht_Auth::verify( $odd, 'text', base64_decode( $good['state']['public_key'] ) ) );
			$this->assertFalse( Nachtwacht_Auth::verify( str_repeat( "\0", 64 ), 'text', $odd ) );
			$this->assertFalse( Nachtwacht_Auth::verify( str_repeat( "\0", 64 ), $odd, base64_decode( $good['state']['public_key'] ) ) );
			foreach ( array( $odd, 'x' ) as $uri ) {
				$this->assertNotSame( 'accepted', self::code( self::state(), $odd, $uri, '', $good['now'] ) );
			}
		}
	}

	public function test_the_payload_is_not_hashed_before_all_else_is_right(): void {
		$all = fixture( 'auth' );
		foreach ( $all['refused'] as $case ) {
			$hashed = false;
			try {
				Nachtwacht_Auth::check( self::state(), $case['header'], $case['uri'] ?? $all['uri'], static function () use ( &$hashed ) {
					$hashed = true;
					return str_repeat( '0', 64 );
				}, $all['now'] );
				$this->fail( $case['name'] );
			} catch ( Nachtwacht_Denied $denied ) {
				$this->assertSame( 'signature' === $case['code'], $hashed, $case['name'] );
			}
		}
	}

	public function test_a_platform_without_the_sodium_extension_can_be_verified(): void {
		$compat = getenv( 'NW_SODIUM_COMPAT' );
		if ( ! $compat ) {
			$this->markTestSkipped( 'NW_SODIUM_COMPAT does not name a wp-includes/sodium_compat/autoload.php; npm test sets it to that of the WordPress it prepares.' );
		}
		require_once $compat;
		$all  = fixture( 'auth' );
		$case = $all['accepted'][0];
		$auth = json_decode( base64_decode( strtr( $case['header'], '-_', '+/' ) ), true );
		$key  = base64_decode( $all['state']['public_key'] );
		$this->assertTrue( ParagonIE_Sodium_Compat::crypto_sign_verify_detached( base64_decode( $auth['sig'] ), $case['signed_text'], $key ) );
		$this->assertFalse( ParagonIE_Sodium_Compat::crypto_sign_verify_detached( base64_decode( $auth['sig'] ), $case['signed_text'] . 'x', $key ) );
	}
}
