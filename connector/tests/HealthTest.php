<?php
use PHPUnit\Framework\TestCase;

/** What `health` says, and what it never says. */
final class HealthTest extends TestCase {
	public function test_messages_tell_what_went_wrong_without_paths_and_secrets(): void {
		foreach ( fixture( 'health' )['messages'] as [ $from, $to ] ) {
			$this->assertSame( $to, Nachtwacht_Fatals::bare( $from ) );
		}
		$this->assertSame( 300, strlen( Nachtwacht_Fatals::bare( str_repeat( 'word ', 5000 ) . 'x' ) ) + 1 );
	}

	public function test_a_file_belongs_to_somebody(): void {
		foreach ( fixture( 'health' )['places'] as [ $file, $where ] ) {
			$this->assertSame( $where, Nachtwacht_Fatals::where( $file ), $file );
		}
	}

	public function test_scheduled_times_are_read_as_text(): void {
		$all = fixture( 'health' );
		foreach ( $all['crons'] as $case ) {
			$said = Nachtwacht_Health::cron( $case['text'], $all['now'] );
			$this->assertSame( array( 'overdue' => $case['overdue'], 'oldest' => $case['oldest'] ), $said, $case['name'] );
		}
	}

	public function test_the_end_of_an_error_log_is_counted(): void {
		foreach ( fixture( 'health' )['logs'] as $case ) {
			$this->assertSame( $case['fatals'], Nachtwacht_Fatals::in_log( file_of( $case['text'] ), $case['since'] ) );
		}
		$this->assertNull( Nachtwacht_Fatals::in_log( '/nowhere/x.log', 0 ) );
		$this->assertNull( Nachtwacht_Fatals::in_log( 'syslog', 0 ) );
		$this->assertNull( Nachtwacht_Fatals::in_log( 'php://stdin', 0 ) );
		$long = str_repeat( "x\n", 100000 ) . '[' . gmdate( 'd-M-Y H:i:s', 2000000000 ) . " UTC] PHP Fatal error:  y\n";
		$this->assertSame( 1, Nachtwacht_Fatals::in_log( file_of( $long ), 0 ) );
	}

	public function test_fatal_errors_are_counted_once_a_second_and_only_when_paired(): void {
		$folder = folder_of();
		$this->assertFalse( Nachtwacht_Fatals::count( $folder, 'x', '/a.php', 100 ), 'no pairing here' );
		$this->assertSame( array( 'count' => 0, 'last' => null, 'message' => '', 'where' => '' ), Nachtwacht_Fatals::read( $folder ) );
		file_put_contents( $folder . '/state.php', Nachtwacht_State::GUARD );
		$this->assertTrue( Nachtwacht_Fatals::count( $folder, 'first in /home/a/b.php', '/x/plugins/shop/b.php', 100 ) );
		$this->assertFalse( Nachtwacht_Fatals::count( $folder, 'again', '/a.php', 100 ) );
		$this->assertTrue( Nachtwacht_Fatals::count( $folder, 'second', '/a.php', 101 ) );
		$this->assertSame( array( 'count' => 2, 'last' => 101, 'message' => 'second', 'where' => '' ), Nachtwacht_Fatals::read( $folder ) );
		$this->assertSame( 0600, fileperms( $folder . '/fatals.php' ) & 0777 );
		file_put_contents( $folder . '/fatals.php', Nachtwacht_State::GUARD . '{"count":"9"}' );
		$this->assertSame( 0, Nachtwacht_Fatals::read( $folder )['count'] );
	}

	public function test_a_damaged_or_linked_file_of_fatals_does_nothing(): void {
		$folder = folder_of();
		file_put_contents( $folder . '/state.php', Nachtwacht_State::GUARD );
		$other = file_of( 'kept' );
		symlink( $other, $folder . '/fatals.php' );
		$this->assertFalse( Nachtwacht_Fatals::count( $folder, 'x', '/a.php', 100 ) );
		$this->assertSame( 'kept', file_get_contents( $other ) );
	}
}
