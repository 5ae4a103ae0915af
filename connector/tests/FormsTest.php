<?php
use PHPUnit\Framework\TestCase;

/** Do names, rows, frames and pairing proofs have the bytes that the fixtures say? */
final class FormsTest extends TestCase {
	public function test_names(): void {
		foreach ( fixture( 'paths' )['names'] as $case ) {
			$this->assertSame( $case['wire'], Nachtwacht_Paths::encode( hex2bin( $case['bytes'] ) ), $case['bytes'] );
			$this->assertSame( $case['bytes'], bin2hex( Nachtwacht_Paths::decode( $case['wire'] ) ) );
		}
		for ( $byte = 1; $byte < 256; $byte++ ) {
			if ( 47 !== $byte && 46 !== $byte ) {
				$this->assertSame( chr( $byte ), Nachtwacht_Paths::decode( Nachtwacht_Paths::encode( chr( $byte ) ) ) );
			}
		}
	}

	public function test_paths(): void {
		foreach ( fixture( 'paths' )['good'] as $case ) {
			$this->assertSame( $case['bytes'], bin2hex( Nachtwacht_Paths::decode( $case['wire'] ) ) );
		}
		$bad = array_merge( fixture( 'paths' )['bad'], array( null, false, 1, array(), array( 'a' ), 1.5 ) );
		foreach ( $bad as $wire ) {
			try {
				Nachtwacht_Paths::decode( $wire );
				$this->fail( 'accepted ' . json_encode( $wire ) );
			} catch ( Nachtwacht_Failure $failure ) {
				$this->assertSame( 'bad-path', $failure->reason );
			}
		}
	}

	public function test_row_bytes(): void {
		foreach ( fixture( 'rows' )['good'] as $case ) {
			$cells = array_map( static function ( $cell ) {
				return null === $cell ? null : base64_decode( $cell );
			}, $case['cells'] );
			$this->assertSame( $case['bytes'], base64_encode( nachtwacht_row_bytes( $cells ) ), $case['name'] );
		}
	}

	public function test_pairing_proofs(): void {
		$case = fixture( 'pairing' );
		foreach ( $case['spellings'] as $typed ) {
			$this->assertSame( $case['code'], Nachtwacht_Pairing::read_code( $typed ) );
		}
		foreach ( array_merge( $case['not_codes'], array( null, false, array(), 5 ) ) as $typed ) {
			$this->assertNull( Nachtwacht_Pairing::read_code( $typed ) );
		}
		$this->assertSame( $case['proof'], Nachtwacht_Pairing::proof( 'NACHTWACHT1-PAIR', $case['offer'], $case['code'] ) );
		$this->assertSame( $case['answer_proof'], Nachtwacht_Pairing::proof( 'NACHTWACHT1-PAIRED', $case['offer'], $case['code'], array( $case['home'] ) ) );
		$offer = array_merge( $case['offer'], array( 'proof' => $case['proof'] ) );
		$this->assertTrue( Nachtwacht_Pairing::well_formed( $offer ) );
		foreach ( array_keys( $offer ) as $name ) {
			foreach ( array( null, false, true, '', array(), array( 'x' ), 1.5, "x\n", str_repeat( 'a', 5000 ) ) as $value ) {
				$this->assertFalse( Nachtwacht_Pairing::well_formed( array_merge( $offer, array( $name => $value ) ) ), $name . json_encode( $value ) );
			}
		}
	}

	/** @dataProvider modes */
	#[PHPUnit\Framework\Attributes\DataProvider( 'modes' )]
	public function test_answers_can_be_read_back( string $mode ): void {
		$out    = '';
		$answer = new Nachtwacht_Answer( str_repeat( 'a', 32 ), $mode, static function ( $bytes ) use ( &$out ) {
			$out .= $bytes;
		} );
		$big    = random_bytes( 2500000 );
		$answer->record( array( 'naïve' => "€\xFF", 'f' => 1.0 ) );
		$answer->bytes( 'small' );
		$answer->pad();
		$answer->record( array() );
		$answer->bytes( $big );
		$answer->bytes( '' );
		$answer->finish( array( 'ok' => true, 'next' => null ) );
		$read = read_answer( $out );
		$this->assertSame( 'NW1-BEGIN-' . str_repeat( 'a', 32 ) . '-' . $mode, $read['marker'] );
		$this->assertSame( array( 'J', '{"naïve":"€�","f":1.0}' ), $read['frames'][0] );
		$this->assertSame( array( 'J', 'D', 'P', 'J', 'D', 'D', 'D' ), array_column( $read['frames'], 0 ) );
		$this->assertSame( $big, $read['frames'][4][1] . $read['frames'][5][1] . $read['frames'][6][1] );
		$this->assertLessThanOrEqual( 1048576, strlen( $read['frames'][4][1] ) );
		$this->assertTrue( $read['end']['ok'] );
	}

	public static function modes(): array {
		return array( array( 'p' ), array( 'z' ), array( 'b' ), array( 'y' ) );
	}

	public function test_odd_modes_become_plain(): void {
		foreach ( array( null, 'q', array( 'z' ), 1, true ) as $mode ) {
			$out = '';
			new Nachtwacht_Answer( str_repeat( 'a', 32 ), $mode, static function ( $bytes ) use ( &$out ) {
				$out .= $bytes;
			} );
			$this->assertStringEndsWith( "-p\n", $out );
		}
	}

	public function test_deflated_arguments_are_inflated_within_bounds(): void {
		$send = static function ( string $json ) {
			$small   = gzcompress( $json );
			$request = new Nachtwacht_Request( array( 'REQUEST_URI' => '/' ), file_of( pack( 'N', strlen( $small ) | 0x80000000 ) . $small . 'blob' ) );
			return array( $request->command(), $request );
		};
		[ $said, $request ] = $send( '{"cmd":"status","args":{"a":1}}' );
		$this->assertSame( array( 'status', array( 'a' => 1 ) ), $said );
		$this->assertSame( 4, $request->blob_length );
		$this->assertSame( 'blob', stream_get_contents( $request->blob() ) );
		$this->assertNull( $send( '{"cmd":"status","args":{"a":"' . str_repeat( ' ', 9000000 ) . '"}}' )[0] );
	}

	public function test_payloads_of_another_form_are_no_command(): void {
		$bodies = array( '', 'x', "\0\0\0", pack( 'N', 5 ) . '{}', pack( 'N', 0 ), pack( 'N', 0x7FFFFFFF ) . '{}', pack( 'N', 0x80000002 ) . 'xx' );
		foreach ( array( '[]', '1', 'null', '"x"', '{"cmd":1}', '{"cmd":["a"]}', '{"cmd":"a","args":1}', '{"cmd":"a","args":"x"}', '{"args":{}}', str_repeat( '[', 40 ) . str_repeat( ']', 40 ) ) as $json ) {
			$bodies[] = pack( 'N', strlen( $json ) ) . $json;
		}
		foreach ( $bodies as $body ) {
			$request = new Nachtwacht_Request( array( 'REQUEST_URI' => '/' ), file_of( $body ) );
			$this->assertNull( $request->command(), bin2hex( $body ) );
		}
	}
}
