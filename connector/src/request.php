<?php
/**
 * The request as PHP got it: auth object, address, payload.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Reads the body as a stream; nothing of it is interpreted before the signature holds (but for the word `pair`).
 */
final class Nachtwacht_Request {
	const MAX_BODY = 67108864;
	const MAX_JSON = 4194304;
	const MAX_OPEN = 8388608;

	/**
	 * Auth object, base64url; '' when there is none.
	 *
	 * @var string
	 */
	public $auth = '';

	/**
	 * Path and query as the web server got them.
	 *
	 * @var string
	 */
	public $uri;

	/**
	 * Where the payload starts in the body.
	 *
	 * @var int
	 */
	private $from = 0;

	/**
	 * File or stream address of the body.
	 *
	 * @var string
	 */
	private $source;

	/**
	 * Bytes of the blob.
	 *
	 * @var int
	 */
	public $blob_length = 0;

	/**
	 * Where the blob starts in the body.
	 *
	 * @var int
	 */
	private $blob_from = 0;

	/**
	 * Looks at header and body.
	 *
	 * @param array  $server Like $_SERVER.
	 * @param string $source Address of the body.
	 */
	public function __construct( array $server, $source = 'php://input' ) {
		$this->source = $source;
		$this->uri    = isset( $server['REQUEST_URI'] ) && is_string( $server['REQUEST_URI'] ) ? $server['REQUEST_URI'] : '';
		$header       = isset( $server['HTTP_X_NACHTWACHT_AUTH'] ) ? $server['HTTP_X_NACHTWACHT_AUTH'] : '';
		if ( is_string( $header ) && '' !== $header ) {
			$this->auth = $header;
			return;
		}
		$start = (string) file_get_contents( $source, false, null, 0, 2100 );
		if ( 0 === strpos( $start, 'NW1 ' ) ) {
			$end        = strpos( $start, "\n" );
			$this->auth = false === $end ? substr( $start, 4 ) : substr( $start, 4, $end - 4 );
			$this->from = false === $end ? strlen( $start ) : $end + 1;
		}
	}

	/**
	 * Sha256 of the payload, hex. A body that is too long is hashed as far as allowed, so its signature cannot hold.
	 *
	 * @return string
	 */
	public function payload_sha() {
		$hash  = hash_init( 'sha256' );
		$input = $this->open( $this->from );
		hash_update_stream( $hash, $input, self::MAX_BODY );
		fclose( $input );
		return hash_final( $hash );
	}

	/**
	 * Opens the body at an offset.
	 *
	 * @param int $offset Bytes to skip.
	 * @return resource
	 */
	private function open( $offset ) {
		$input = fopen( $this->source, 'rb' );
		for ( $left = $offset; $left > 0; ) {
			$part = fread( $input, min( 65536, $left ) );
			if ( false === $part || '' === $part ) {
				break;
			}
			$left -= strlen( $part );
		}
		return $input;
	}

	/**
	 * Command and arguments.
	 *
	 * @param int $max_json Longest JSON taken.
	 * @return array{0: string, 1: array}|null Null when the payload is not of the form of PROTOCOL.md.
	 */
	public function command( $max_json = self::MAX_JSON ) {
		$input = $this->open( $this->from );
		$head  = (string) fread( $input, 4 );
		if ( 4 !== strlen( $head ) ) {
			return null;
		}
		$parts    = unpack( 'N', $head );
		$length   = $parts[1] & 0x7FFFFFFF;
		$deflated = 0 !== ( $parts[1] & 0x80000000 );
		if ( $length < 2 || $length > $max_json ) {
			return null;
		}
		$json = (string) stream_get_contents( $input, $length );
		if ( strlen( $json ) !== $length ) {
			return null;
		}
		$this->blob_from   = $this->from + 4 + $length;
		$this->blob_length = 0;
		while ( ! feof( $input ) ) {
			$this->blob_length += strlen( (string) fread( $input, 65536 ) );
		}
		fclose( $input );
		if ( $deflated ) {
			$json = self::inflate( $json );
		}
		$data = is_string( $json ) ? json_decode( $json, true, 32 ) : null;
		if ( ! is_array( $data ) || ! isset( $data['cmd'] ) || ! is_string( $data['cmd'] ) ) {
			return null;
		}
		$args = isset( $data['args'] ) ? $data['args'] : array();
		return is_array( $args ) ? array( $data['cmd'], $args ) : null;
	}

	/**
	 * Inflates a signed JSON, but never beyond 8 MiB.
	 *
	 * @param string $bytes Zlib stream.
	 * @return string|null
	 */
	private static function inflate( $bytes ) {
		if ( ! nachtwacht_can( 'inflate_init' ) ) {
			return null;
		}
		$stream = inflate_init( ZLIB_ENCODING_DEFLATE );
		$out    = '';
		foreach ( str_split( $bytes, 4096 ) as $part ) {
			$more = @inflate_add( $stream, $part );
			if ( false === $more || strlen( $out ) + strlen( $more ) > self::MAX_OPEN ) {
				return null;
			}
			$out .= $more;
		}
		return ZLIB_STREAM_END === inflate_get_status( $stream ) ? $out : null;
	}

	/**
	 * The blob, to be read as a stream.
	 *
	 * @return resource
	 */
	public function blob() {
		return $this->open( $this->blob_from );
	}
}
