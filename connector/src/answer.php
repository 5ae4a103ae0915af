<?php
/**
 * Writes the framed answer (PROTOCOL.md, section 3), a frame at a time.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Marker, frames, end record. Memory does not grow with the answer.
 */
final class Nachtwacht_Answer {
	const FRAME = 1048576;
	const LINE  = 6144;
	const FLUSH = 262144;

	/**
	 * Takes bytes for the client.
	 *
	 * @var callable
	 */
	private $sink;

	/**
	 * One of p, z, b, y.
	 *
	 * @var string
	 */
	private $mode;

	/**
	 * Deflate stream, or null.
	 *
	 * @var mixed
	 */
	private $deflate = null;

	/**
	 * Running sha256 over all frame bytes.
	 *
	 * @var mixed
	 */
	private $hash;

	/**
	 * Bytes that wait for a whole line of base64.
	 *
	 * @var string
	 */
	private $waiting = '';

	/**
	 * Frames so far.
	 *
	 * @var int
	 */
	private $frames = 0;

	/**
	 * Bytes since the last flush.
	 *
	 * @var int
	 */
	private $unflushed = 0;

	/**
	 * When the last flush was.
	 *
	 * @var float
	 */
	private $flushed_at;

	/**
	 * Payload bytes so far, for max_bytes.
	 *
	 * @var int
	 */
	public $sent = 0;

	/**
	 * When work began.
	 *
	 * @var float
	 */
	private $began;

	/**
	 * Starts an answer.
	 *
	 * @param string   $nonce Nonce of the request.
	 * @param mixed    $mode  Mode that was asked for; a lesser one is used when it cannot be had.
	 * @param callable $sink  Gets (bytes, flush?).
	 */
	public function __construct( $nonce, $mode, callable $sink ) {
		$this->sink       = $sink;
		$this->mode       = in_array( $mode, array( 'z', 'b', 'y' ), true ) ? $mode : 'p';
		$this->hash       = hash_init( 'crc32b' );
		$this->began      = microtime( true );
		$this->flushed_at = $this->began;
		if ( 'z' === $this->mode || 'y' === $this->mode ) {
			$this->deflate = nachtwacht_can( 'deflate_init' ) ? deflate_init( ZLIB_ENCODING_DEFLATE, array( 'level' => 4 ) ) : false;
			if ( false === $this->deflate ) {
				$this->deflate = null;
				$this->mode    = 'z' === $this->mode ? 'p' : 'b';
			}
		}
		call_user_func( $sink, 'NW1-BEGIN-' . $nonce . '-' . $this->mode . "\n", false );
	}

	/**
	 * A record (frame J).
	 *
	 * @param array $fields What the command says.
	 */
	public function record( array $fields ) {
		$this->frame( 'J', nachtwacht_json( $fields ) );
	}

	/**
	 * Bytes that belong to the last record (frames D).
	 *
	 * @param string $bytes Any length.
	 */
	public function bytes( $bytes ) {
		$length = strlen( $bytes );
		if ( $length <= self::FRAME ) {
			if ( $length > 0 ) {
				$this->frame( 'D', $bytes );
			}
			return;
		}
		for ( $at = 0; $at < $length; $at += self::FRAME ) {
			$this->frame( 'D', substr( $bytes, $at, self::FRAME ) );
		}
	}

	/**
	 * Keep-alive (frame P), sent at once.
	 *
	 * @param int $bytes Size, for fronts that hand nothing on before a buffer is full.
	 */
	public function pad( $bytes = 0 ) {
		$this->frame( 'P', str_repeat( "\0", $bytes ) );
		$this->out( '', true );
	}

	/**
	 * A frame of any type, as a session hands them on.
	 *
	 * @param string $type  One byte.
	 * @param string $bytes Payload.
	 */
	public function frame( $type, $bytes ) {
		$head = $type . pack( 'N', strlen( $bytes ) );
		hash_update( $this->hash, $head );
		hash_update( $this->hash, $bytes );
		++$this->frames;
		$this->sent += strlen( $bytes );
		$this->out( $head . $bytes, false );
	}

	/**
	 * The end record. Nothing may follow it.
	 *
	 * @param array $fields Must have `ok`.
	 */
	public function finish( array $fields ) {
		$fields['time']   = microtime( true );
		$fields['crc32']  = hash_final( $this->hash );
		$fields['frames'] = $this->frames;
		$fields['ms']     = (int) round( ( microtime( true ) - $this->began ) * 1000 );
		$fields['peak']   = memory_get_peak_usage( true );
		$json             = nachtwacht_json( $fields );
		$tail             = 'E' . pack( 'N', strlen( $json ) ) . $json;
		if ( null !== $this->deflate ) {
			$tail = deflate_add( $this->deflate, $tail, ZLIB_FINISH );
		}
		$this->write( $tail, true );
		if ( 'b' === $this->mode || 'y' === $this->mode ) {
			call_user_func( $this->sink, ".\n", true );
		}
	}

	/**
	 * Deflates and hands on; flushes by volume and by time so that the client sees progress.
	 *
	 * @param string $bytes Frame bytes.
	 * @param bool   $now   Flush in any case.
	 */
	private function out( $bytes, $now ) {
		$this->unflushed += strlen( $bytes );
		$flush            = $now || $this->unflushed >= self::FLUSH || microtime( true ) - $this->flushed_at > 1;
		if ( null !== $this->deflate ) {
			$bytes = deflate_add( $this->deflate, $bytes, $flush ? ZLIB_SYNC_FLUSH : ZLIB_NO_FLUSH );
		}
		$this->write( $bytes, $flush );
		if ( $flush ) {
			$this->unflushed  = 0;
			$this->flushed_at = microtime( true );
		}
	}

	/**
	 * Base64 when asked for, then the client.
	 *
	 * @param string $bytes Bytes of the stream.
	 * @param bool   $flush Whether nothing may be held back.
	 */
	private function write( $bytes, $flush ) {
		if ( 'b' === $this->mode || 'y' === $this->mode ) {
			$this->waiting .= $bytes;
			$whole          = $flush ? strlen( $this->waiting ) : intdiv( strlen( $this->waiting ), self::LINE ) * self::LINE;
			$bytes          = '';
			for ( $at = 0; $at < $whole; $at += self::LINE ) {
				$bytes .= base64_encode( substr( $this->waiting, $at, min( self::LINE, $whole - $at ) ) ) . "\n";
			}
			$this->waiting = (string) substr( $this->waiting, $whole );
		}
		if ( '' !== $bytes || $flush ) {
			call_user_func( $this->sink, $bytes, $flush );
		}
	}
}
