<?php
/**
 * The wire form of names and paths (PROTOCOL.md, section 4).
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Encodes any bytes a file system gives; decodes only what encodes back to the very same text.
 */
final class Nachtwacht_Paths {
	const VALID = '/((?:[\x20-\x24\x26-\x7E]|[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2})++)|(.)/s';

	/**
	 * Bytes to wire form. Slashes stay, so it serves names, paths and link targets.
	 *
	 * @param string $bytes As the file system has it.
	 * @return string
	 */
	public static function encode( $bytes ) {
		if ( 1 === preg_match( '/^[\x20-\x24\x26-\x7E]*\z/', $bytes ) ) {
			return $bytes;
		}
		return preg_replace_callback(
			self::VALID,
			static function ( $match ) {
				return '' !== $match[1] ? $match[1] : sprintf( '%%%02X', ord( $match[2] ) );
			},
			$bytes
		);
	}

	/**
	 * A wire path to the bytes of a path below a root.
	 *
	 * @param mixed $wire What came in.
	 * @return string
	 * @throws Nachtwacht_Failure When it is no plain path downwards ('bad-path').
	 */
	public static function decode( $wire ) {
		if ( ! is_string( $wire ) || strlen( $wire ) > 4096 ) {
			throw new Nachtwacht_Failure( 'bad-path', 'A path is text of at most 4096 bytes.' );
		}
		if ( '' === $wire ) {
			return '';
		}
		$names = array();
		foreach ( explode( '/', $wire ) as $name ) {
			$bytes = preg_replace_callback(
				'/%([0-9A-F]{2})/',
				static function ( $match ) {
					return chr( hexdec( $match[1] ) );
				},
				$name
			);
			$bad   = '' === $bytes || '.' === $bytes || '..' === $bytes || false !== strpbrk( $bytes, "/\0" );
			if ( '\\' === DIRECTORY_SEPARATOR && false !== strpbrk( $bytes, '\\:' ) ) {
				$bad = true;
			}
			if ( $bad || self::encode( $bytes ) !== $name ) {
				throw new Nachtwacht_Failure( 'bad-path', 'This is not a path below a root.' );
			}
			$names[] = $bytes;
		}
		return implode( '/', $names );
	}
}
