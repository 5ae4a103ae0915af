<?php
/**
 * Bytes and text: strict decoding, numbers, lengths. Every decoder answers null for what is not exactly right.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Decodes standard base64 with its padding; anything that would not encode back to the same text is refused.
 *
 * @param mixed $text What came in.
 * @return string|null
 */
function nachtwacht_from_base64( $text ) {
	if ( ! is_string( $text ) ) {
		return null;
	}
	$bytes = base64_decode( $text, true );
	return ( false !== $bytes && base64_encode( $bytes ) === $text ) ? $bytes : null;
}

/**
 * Decodes base64url without padding.
 *
 * @param mixed $text What came in.
 * @return string|null
 */
function nachtwacht_from_base64url( $text ) {
	if ( ! is_string( $text ) || 1 !== preg_match( '/^[A-Za-z0-9_-]+\z/', $text ) ) {
		return null;
	}
	$padded = strtr( $text, '-_', '+/' ) . str_repeat( '=', ( 4 - strlen( $text ) % 4 ) % 4 );
	return nachtwacht_from_base64( $padded );
}

/**
 * Length of a value in row bytes: LEB128 of (length + 1).
 *
 * @param int $number Not negative.
 * @return string
 */
function nachtwacht_varint( $number ) {
	$out = '';
	while ( $number > 127 ) {
		$out    .= chr( ( $number & 127 ) | 128 );
		$number >>= 7;
	}
	return $out . chr( $number );
}

/**
 * One row as row bytes (PROTOCOL.md, section 5).
 *
 * @param array $cells Strings and nulls.
 * @return string
 */
function nachtwacht_row_bytes( array $cells ) {
	$out = '';
	foreach ( $cells as $cell ) {
		if ( null === $cell ) {
			$out .= "\0";
			continue;
		}
		$length = strlen( $cell ) + 1;
		$out   .= ( $length < 128 ? chr( $length ) : nachtwacht_varint( $length ) ) . $cell;
	}
	return $out;
}

/**
 * JSON for the wire; bytes that are not UTF-8 become a replacement character (names travel in wire form, so none should).
 *
 * @param mixed $value Arrays, strings, numbers.
 * @return string
 */
function nachtwacht_json( $value ) {
	$flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PRESERVE_ZERO_FRACTION;
	$json  = json_encode( $value, $flags );
	return false === $json ? 'null' : $json;
}

/**
 * 64 M, 1G, -1 as bytes; 0 stands for no limit.
 *
 * @param mixed $value A size as php.ini writes it.
 * @return int
 */
function nachtwacht_ini_bytes( $value ) {
	$value  = trim( (string) $value );
	$number = (int) $value;
	if ( $number <= 0 ) {
		return 0;
	}
	$power = strpos( 'kmg', strtolower( substr( $value, -1 ) ) );
	return false === $power || is_numeric( substr( $value, -1 ) ) ? $number : $number * ( 1024 ** ( $power + 1 ) );
}

/**
 * Whether a function may be called here (hosts take functions away).
 *
 * @param string $name Name of the function.
 * @return bool
 */
function nachtwacht_can( $name ) {
	static $off = null;
	if ( null === $off ) {
		$off = array_map( 'trim', explode( ',', strtolower( (string) ini_get( 'disable_functions' ) ) ) );
	}
	return function_exists( $name ) && ! in_array( strtolower( $name ), $off, true );
}
