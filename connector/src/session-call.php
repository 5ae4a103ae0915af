<?php
/**
 * A command that runs inside an open session.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Hands the command to the request that holds the snapshot and its frames to the client.
 */
final class Nachtwacht_Session_Call {
	/**
	 * The command.
	 *
	 * @var Nachtwacht_Command
	 */
	private $command;

	/**
	 * Wraps.
	 *
	 * @param Nachtwacht_Command $command The command.
	 */
	public function __construct( Nachtwacht_Command $command ) {
		$this->command = $command;
	}

	/**
	 * Runs it.
	 *
	 * @param array $args Arguments as they came.
	 * @return array Fields of the end record.
	 * @throws Nachtwacht_Failure 'session-gone', or what the session says.
	 */
	public function run( array $args ) {
		$id   = $this->command->args->text( 'session', '/^[0-9a-f]{32}\z/' );
		$path = Nachtwacht_Session::address( $this->command->site, $id );
		// The time that this request may take, not the one that holds the session.
		$args['budget_ms'] = $this->command->budget->left_ms();

		$socket = file_exists( $path ) ? @stream_socket_client( 'unix://' . $path, $errno, $text, 5 ) : false;
		if ( ! is_resource( $socket ) ) {
			throw self::gone();
		}
		stream_set_timeout( $socket, 900 );
		$json = nachtwacht_json( array(
			'session' => $id,
			'cmd'     => $this->command->name,
			'args'    => $args,
		) );
		$data = pack( 'N', strlen( $json ) ) . $json;
		while ( '' !== $data ) {
			$done = @fwrite( $socket, $data );
			if ( false === $done || 0 === $done ) {
				throw self::gone();
			}
			$data = (string) substr( $data, $done );
		}
		while ( true ) {
			$head = (string) stream_get_contents( $socket, 5 );
			if ( 5 !== strlen( $head ) ) {
				throw self::gone();
			}
			$length = unpack( 'N', substr( $head, 1 ) )[1];
			$bytes  = $length > 0 ? (string) stream_get_contents( $socket, $length ) : '';
			if ( strlen( $bytes ) !== $length ) {
				throw self::gone();
			}
			if ( 'E' === $head[0] ) {
				fclose( $socket );
				return $this->end( json_decode( $bytes, true, 32 ) );
			}
			$this->command->answer->frame( $head[0], $bytes );
		}
	}

	/**
	 * What the session says at the end.
	 *
	 * @param mixed $end End record.
	 * @return array
	 * @throws Nachtwacht_Failure What the session says.
	 */
	private function end( $end ) {
		if ( ! is_array( $end ) || ! isset( $end['ok'] ) ) {
			throw self::gone();
		}
		if ( true !== $end['ok'] ) {
			throw new Nachtwacht_Failure( (string) $end['code'], (string) $end['message'], true === $end['retry'], $end );
		}
		return $end;
	}

	/**
	 * The failure for a session that is over.
	 *
	 * @return Nachtwacht_Failure
	 */
	private static function gone() {
		return new Nachtwacht_Failure( 'session-gone', 'The database session is over.' );
	}
}
