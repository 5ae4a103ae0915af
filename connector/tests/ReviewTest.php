<?php
use PHPUnit\Framework\TestCase;

/** The rules of SECURITY-REVIEW.md that a scanner can hold. */
final class ReviewTest extends TestCase {
	/** @return array<string, string> Source by file name. */
	private static function sources(): array {
		$out = array();
		foreach ( array_merge( glob( dirname( __DIR__ ) . '/*.php' ), glob( dirname( __DIR__ ) . '/src/*.php' ) ) as $file ) {
			$out[ basename( $file ) ] = file_get_contents( $file );
		}
		return $out;
	}

	public function test_no_program_and_no_code_at_run_time(): void {
		$bad = array( 'eval', 'exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open', 'pcntl_exec', 'assert', 'create_function', 'unserialize', 'maybe_unserialize', 'extract', 'multi_query', 'parse_str', 'move_uploaded_file', 'curl_init', 'fsockopen' );
		foreach ( self::sources() as $name => $source ) {
			foreach ( token_get_all( $source ) as $token ) {
				if ( is_array( $token ) && in_array( $token[0], array( T_STRING, T_EVAL ), true ) ) {
					$this->assertNotContains( strtolower( $token[1] ), $bad, $name . ':' . $token[2] );
				}
			}
			$this->assertNotContains( '`', token_get_all( $source ), $name );
		}
	}

	public function test_files_refuse_to_be_called_by_their_address(): void {
		foreach ( self::sources() as $name => $source ) {
			$this->assertMatchesRegularExpression( '/defined\( \'(?:NACHTWACHT|ABSPATH|WP_UNINSTALL_PLUGIN)\'/', substr( $source, 0, 1500 ), $name );
		}
	}

	public function test_what_is_printed_is_escaped(): void {
		foreach ( self::sources() as $name => $source ) {
			foreach ( explode( "\n", $source ) as $at => $line ) {
				if ( 1 !== preg_match( '/^\s*(?:echo|printf?)\b/', $line ) || false !== strpos( $line, 'phpcs:ignore' ) || 'entry.php' === $name ) {
					continue;
				}
				$rest = preg_replace( '/esc_(?:html|attr|url|html__)\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|\'[^\']*\'/', '', $line );
				$this->assertDoesNotMatchRegularExpression( '/[\$]/', $rest, "$name:" . ( $at + 1 ) );
			}
		}
	}

	public function test_forms_are_checked_before_they_act(): void {
		$page = self::sources()['admin-page.php'];
		$act  = substr( $page, strpos( $page, 'function act()' ), 1500 );
		$this->assertLessThan( strpos( $act, 'forget()' ), strpos( $act, 'check_admin_referer' ) );
		$this->assertLessThan( strpos( $act, 'check_admin_referer' ), strpos( $act, 'current_user_can' ) );
		$this->assertStringContainsString( 'wp_nonce_field', $page );
		foreach ( self::sources() as $name => $source ) {
			if ( 'admin-page.php' !== $name ) {
				$this->assertDoesNotMatchRegularExpression( '/\$_(?:POST|REQUEST|COOKIE|FILES)\b/', $source, $name );
			}
		}
	}
}
