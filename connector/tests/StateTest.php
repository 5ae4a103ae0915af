<?php
use PHPUnit\Framework\TestCase;

/** State, claims and nonces on the disk. */
final class StateTest extends TestCase {
	public function test_claims_only_rise(): void {
		$folder = folder_of();
		$this->assertNull( Nachtwacht_Claims::highest( $folder ) );
		$this->assertTrue( Nachtwacht_Claims::raise( $folder, 0 ) );
		$this->assertTrue( Nachtwacht_Claims::raise( $folder, 7 ) );
		$this->assertTrue( Nachtwacht_Claims::raise( $folder, 7 ) );
		$this->assertFalse( Nachtwacht_Claims::raise( $folder, 6 ) );
		$this->assertTrue( Nachtwacht_Claims::raise( $folder, 9007199254740991 ) );
		$this->assertSame( 9007199254740991, Nachtwacht_Claims::highest( $folder ) );
		$this->assertFalse( Nachtwacht_Claims::raise( $folder, 8 ) );
		$this->assertSame( 0600, fileperms( $folder . '/claim.php' ) & 0777 );
	}

	public function test_a_nonce_is_taken_once_and_old_ones_go(): void {
		$folder = folder_of();
		$nonce  = str_repeat( 'a', 32 );
		$this->assertTrue( Nachtwacht_Nonces::take( $folder, $nonce, 1000000 ) );
		$this->assertFalse( Nachtwacht_Nonces::take( $folder, $nonce, 1000000 ) );
		$this->assertTrue( Nachtwacht_Nonces::take( $folder, str_repeat( 'b', 32 ), 1000000 ) );
		$this->assertTrue( Nachtwacht_Nonces::take( $folder, str_repeat( 'c', 32 ), 1000599 + 300 ) );
		$this->assertFalse( Nachtwacht_Nonces::take( $folder, $nonce, 1000000 ), 'still known within twice the window' );
		Nachtwacht_Nonces::take( $folder, str_repeat( 'd', 32 ), 1010000 );
		$this->assertDirectoryDoesNotExist( $folder . '/nonces/' . intdiv( 1000000, 600 ) );
	}

	public function test_a_folder_that_cannot_be_written_refuses(): void {
		$folder = folder_of();
		file_put_contents( $folder . '/file', '' );
		$this->assertNull( Nachtwacht_Nonces::take( $folder . '/file', str_repeat( 'a', 32 ), 1 ) );
		$this->assertNull( Nachtwacht_Claims::raise( $folder . '/file', 1 ) );
		$this->assertFalse( Nachtwacht_State::write_guarded( $folder . '/file/x.php', 'x' ) );
	}

	public function test_state_files_are_read_as_text_and_closed_to_visitors(): void {
		$folder = folder_of() . '/state';
		$this->assertTrue( Nachtwacht_State::write_guarded( $folder . '/x.php', "secret\n" ) );
		$this->assertSame( "secret\n", Nachtwacht_State::read_guarded( $folder . '/x.php' ) );
		$this->assertSame( 0600, fileperms( $folder . '/x.php' ) & 0777 );
		$this->assertStringStartsWith( '<?php exit;', file_get_contents( $folder . '/x.php' ) );
		$this->assertFileExists( $folder . '/.htaccess' );
		$this->assertFileExists( $folder . '/index.php' );
		symlink( $folder . '/x.php', $folder . '/link.php' );
		$this->assertNull( Nachtwacht_State::read_guarded( $folder . '/link.php' ) );
		file_put_contents( $folder . '/bare.php', '{"site":1}' );
		$this->assertNull( Nachtwacht_State::read_guarded( $folder . '/bare.php' ) );
	}

	public function test_foreign_keys_come_out_of_a_definition_and_nothing_else(): void {
		$create = "CREATE TABLE `a` (\n  `id` int(11) NOT NULL COMMENT 'CONSTRAINT x FOREIGN KEY',\n  `b` int(11),\n  PRIMARY KEY (`id`),\n  CONSTRAINT `fk``1` FOREIGN KEY (`b`) REFERENCES `b` (`id`) ON DELETE CASCADE,\n  CONSTRAINT `c` CHECK (`b` > 0),\n  CONSTRAINT `fk2` FOREIGN KEY (`b`) REFERENCES `c` (`id`)\n) ENGINE=InnoDB";
		[ $sql, $keys ] = Nachtwacht_Load::without_foreign_keys( $create );
		$this->assertSame( array( 'CONSTRAINT `fk``1` FOREIGN KEY (`b`) REFERENCES `b` (`id`) ON DELETE CASCADE', 'CONSTRAINT `fk2` FOREIGN KEY (`b`) REFERENCES `c` (`id`)' ), $keys );
		$this->assertStringContainsString( "  CONSTRAINT `c` CHECK (`b` > 0)\n) ENGINE", $sql );
		$this->assertStringContainsString( 'COMMENT', $sql );
	}

	public function test_definers_go(): void {
		$cases = array(
			'CREATE DEFINER=`root`@`localhost` TRIGGER `t` BEFORE INSERT' => 'CREATE TRIGGER `t` BEFORE INSERT',
			"CREATE ALGORITHM=UNDEFINED DEFINER=`a``b`@`%` SQL SECURITY DEFINER VIEW `v` AS select 1" => 'CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select 1',
			"CREATE DEFINER='x'@'y' PROCEDURE `p`() select 'DEFINER=`a`@`b`'" => "CREATE PROCEDURE `p`() select 'DEFINER=`a`@`b`'",
			'CREATE DEFINER=role FUNCTION f()' => 'CREATE FUNCTION f()',
			'CREATE VIEW `v` AS select 1' => 'CREATE VIEW `v` AS select 1',
		);
		foreach ( $cases as $from => $to ) {
			$this->assertSame( $to, Nachtwacht_Db_Schema::without_definer( $from ) );
		}
	}

	public function test_only_our_own_addresses_are_ours(): void {
		$ours = static function ( $uri, array $query = array(), $method = 'POST' ) {
			return Nachtwacht_Entry::recognise( array( 'REQUEST_METHOD' => $method, 'REQUEST_URI' => $uri ), $query );
		};
		$this->assertSame( 'rest', $ours( '/wp-json/nachtwacht/v1/do?nw=1' ) );
		$this->assertSame( 'rest', $ours( '/?rest_route=/nachtwacht/v1/do', array( 'rest_route' => '/nachtwacht/v1/do' ) ) );
		$this->assertSame( 'ajax', $ours( '/wp-admin/admin-ajax.php?action=nachtwacht', array( 'action' => 'nachtwacht' ) ) );
		$this->assertNull( $ours( '/wp-json/nachtwacht/v1/do', array(), 'GET' ) );
		$this->assertNull( $ours( '/wp-admin/admin-ajax.php', array( 'action' => 'heartbeat' ) ) );
		$this->assertNull( $ours( '/', array( 'rest_route' => array( '/nachtwacht/v1/do' ) ) ) );
		$this->assertNull( $ours( '/wp-login.php', array( 'action' => 'nachtwacht' ) ) );
		$this->assertNull( Nachtwacht_Entry::recognise( array( 'REQUEST_METHOD' => 'POST', 'REQUEST_URI' => array() ), array() ) );
		$this->assertNull( Nachtwacht_Entry::recognise( array(), array() ) );
	}
}
