<?php
use PHPUnit\Framework\TestCase;

/** Is wp-config.php read as PHP would, and left alone where it is cleverer than we are? */
final class ConfigTest extends TestCase {
	private const PLAIN = <<<'PHP'
<?php
define( 'DB_NAME', 'shop' ); define( "DB_USER", "u" ); define('DB_PASSWORD','p'); define( 'DB_HOST', 'localhost' );
$table_prefix = 'wp_';
PHP;

	private static function read( string $text ) {
		try {
			return Nachtwacht_Config::read( file_of( $text ) );
		} catch ( Nachtwacht_Failure $failure ) {
			return $failure->reason;
		}
	}

	public function test_the_usual_file(): void {
		$this->assertSame( array( 'host' => 'localhost', 'user' => 'u', 'password' => 'p', 'name' => 'shop', 'flags' => 0, 'prefix' => 'wp_' ), self::read( self::PLAIN ) );
	}

	/** @dataProvider literals */
	#[PHPUnit\Framework\Attributes\DataProvider( 'literals' )]
	public function test_literals_mean_what_php_says( string $literal ): void {
		$read = self::read( str_replace( "'p'", $literal, self::PLAIN ) );
		$this->assertIsArray( $read, $literal );
		$this->assertSame( eval( "return $literal;" ), $read['password'] );
	}

	public static function literals(): array {
		return array_map( static function ( $one ) {
			return array( $one );
		}, array( "''", "'a\\'b'", "'a\\\\'", "'a\\nb'", '"a\\"b"', '"a\\\\b"', '"a\\$b"', "'\$x // # /* ?>'", "'é€😀'", "'define( \\'DB_NAME\\', 1 )'", '"$"', "'a\nb'" ) );
	}

	/** @dataProvider clever */
	#[PHPUnit\Framework\Attributes\DataProvider( 'clever' )]
	public function test_cleverness_is_left_to_wordpress( string $from, string $to ): void {
		$this->assertSame( 'needs-wordpress', self::read( str_replace( $from, $to, self::PLAIN ) ) );
	}

	public static function clever(): array {
		return array(
			'concatenation'   => array( "'shop'", "'sh' . 'op'" ),
			'variable'        => array( "'shop'", '$name' ),
			'in a text'       => array( "'shop'", '"$name"' ),
			'in braces'       => array( "'shop'", '"{$name}"' ),
			'escape'          => array( "'shop'", '"a\\x41"' ),
			'function'        => array( "'shop'", 'strrev( "pohs" )' ),
			'two answers'     => array( "define( 'DB_NAME', 'shop' );", "if ( \$a ) { define( 'DB_NAME', 'shop' ); } else { define( 'DB_NAME', 'other' ); }" ),
			'commented out'   => array( "define( 'DB_NAME', 'shop' );", "// define( 'DB_NAME', 'shop' );\n/* define( 'DB_NAME', 'shop' ); */ # define( 'DB_NAME', 'shop' );" ),
			'in a text only'  => array( "define( 'DB_NAME', 'shop' );", "\$x = \"define( 'DB_NAME', 'shop' );\";" ),
			'in a heredoc'    => array( "define( 'DB_NAME', 'shop' );", "\$x = <<<'END'\ndefine( 'DB_NAME', 'shop' );\nEND;\n" ),
			'outside of php'  => array( "define( 'DB_NAME', 'shop' );", "?> define( 'DB_NAME', 'shop' ); <?php" ),
			'not defined'     => array( "define( 'DB_NAME', 'shop' );", '' ),
			'odd prefix'      => array( "'wp_'", "'wp`; DROP'" ),
			'unknown flag'    => array( '$table_prefix', "define( 'MYSQL_CLIENT_FLAGS', foo() ); \$table_prefix" ),
			'no variable set' => array( "'shop'", "getenv( 'NW_TEST_NOT_SET' )" ),
		);
	}

	public function test_environment_and_flags(): void {
		putenv( 'NW_TEST_DB=from environment' );
		$this->assertSame( 'from environment', self::read( str_replace( "'shop'", "getenv( 'NW_TEST_DB' )", self::PLAIN ) )['name'] );
		$this->assertSame( 'default', self::read( str_replace( "'shop'", "getenv_docker( 'NW_TEST_NOT_SET', 'default' )", self::PLAIN ) )['name'] );
		$read = self::read( str_replace( '$table_prefix', "define( 'MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_COMPRESS ); \$table_prefix", self::PLAIN ) );
		$this->assertSame( MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_COMPRESS, $read['flags'] );
		$this->assertSame( 'needs-wordpress', self::read( '' ) );
		$this->assertSame( 'needs-wordpress', self::read( "<?php\n'" ) );
	}

	public function test_hosts(): void {
		$cases = array(
			'localhost' => array( 'localhost', 0, null ), 'db:3307' => array( 'db', 3307, null ), 'localhost:/run/my.sock' => array( 'localhost', 0, '/run/my.sock' ),
			':/run/my.sock' => array( 'localhost', 0, '/run/my.sock' ), '[::1]:3307' => array( '::1', 3307, null ), '[::1]' => array( '::1', 0, null ),
			'::1' => array( '::1', 0, null ), '127.0.0.1' => array( '127.0.0.1', 0, null ), 'localhost:3307:/run/my.sock' => array( 'localhost', 3307, '/run/my.sock' ),
		);
		foreach ( $cases as $host => $want ) {
			$this->assertSame( $want, Nachtwacht_Db::parse_host( $host ), $host );
		}
	}
}
