<?php
/**
 * The answer of a session to another request of the same site, over the local socket.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Has the methods of Nachtwacht_Answer that commands use; the other request puts the frames into its own answer.
 */
final class Nachtwacht_Relay {
	/**
	 * Socket.
	 *
	 * @var resource
	 */
	private $socket;

	/**
	 * Keeps the open request alive.
	 *
	 * @var callable
	 */
	private $tick;

	/**
	 * Payload bytes so far.
	 *
	 * @var int
	 */
	public $sent = 0;

	/**
	 * Wraps.
	 *
	 * @param resource $socket Socket.
	 * @param callable $tick   Keeps the open request alive.
	 */
	public function __construct( $socket, callable $tick ) {
		$this->socket = $socket;
		$this->tick   = $tick;
		stream_set_timeout( $socket, 60 );
	}

	/**
	 * A record.
	 *
	 * @param array $fields What the command says.
	 */
	public function record( array $fields ) {
		$this->frame( 'J', nachtwacht_json( $fields ) );
	}

	/**
	 * Bytes that belong to the last record.
	 *
	 * @param string $bytes Any length.
	 */
	public function bytes( $bytes ) {
		$length = strlen( $bytes );
		for ( $at = 0; $at < $length; $at += Nachtwacht_Answer::FRAME ) {
			$this->frame( 'D', substr( $bytes, $at, Nachtwacht_Answer::FRAME ) );
		}
	}

	/**
	 * The end record.
	 *
	 * @param array $fields Must have `ok`.
	 */
	public function finish( array $fields ) {
		$this->frame( 'E', nachtwacht_json( $fields ) );
	}

	/**
	 * A frame.
	 *
	 * @param string $type  One byte.
	 * @param string $bytes Payload.
	 * @throws RuntimeException When the other request has gone, or the session has to end.
	 */
	private function frame( $type, $bytes ) {
		$this->sent += strlen( $bytes );
		$data        = $type . pack( 'N', strlen( $bytes ) ) . $bytes;
		while ( '' !== $data ) {
			$done = call_user_func( $this->tick ) ? @fwrite( $this->socket, $data ) : false;
			if ( false === $done || 0 === $done ) {
				throw new RuntimeException( 'The other request has gone.' );
			}
			$data = (string) substr( $data, $done );
		}
	}
}
