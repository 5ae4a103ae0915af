<?php
define( 'NACHTWACHT', 'tests' );
error_reporting( E_ALL );
require dirname( __DIR__ ) . '/src/find-classes.php';

/** A fixture of connector/protocol, as an array. */
function fixture( string $name ): array {
	return json_decode( file_get_contents( dirname( __DIR__ ) . "/protocol/$name.json" ), true, 64, JSON_THROW_ON_ERROR );
}

/** A file with these bytes, removed at the end. */
function file_of( string $bytes ): string {
	$file = tempnam( sys_get_temp_dir(), 'nw-test' );
	file_put_contents( $file, $bytes );
	register_shutdown_function( 'unlink', $file );
	return $file;
}

/** An empty folder, removed at the end. */
function folder_of(): string {
	$folder = sys_get_temp_dir() . '/nw-test-' . bin2hex( random_bytes( 6 ) );
	mkdir( $folder, 0755 );
	register_shutdown_function( static function () use ( $folder ) {
		$all = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ), RecursiveIteratorIterator::CHILD_FIRST );
		foreach ( $all as $one ) {
			$one->isDir() && ! $one->isLink() ? rmdir( $one->getPathname() ) : unlink( $one->getPathname() );
		}
		rmdir( $folder );
	} );
	return $folder;
}

/** What a command wrote: marker, frames, end record. */
function read_answer( string $bytes ): array {
	[ $marker, $rest ] = explode( "\n", $bytes, 2 );
	$mode              = substr( $marker, -1 );
	if ( 'b' === $mode || 'y' === $mode ) {
		$out = '';
		foreach ( explode( "\n", $rest ) as $line ) {
			if ( '.' === $line ) {
				break;
			}
			PHPUnit\Framework\Assert::assertLessThanOrEqual( 8192, strlen( $line ) );
			$out .= base64_decode( $line, true );
		}
		$rest = $out;
	}
	if ( 'z' === $mode || 'y' === $mode ) {
		$rest = zlib_decode( $rest );
	}
	$frames = array();
	$hash   = hash_init( 'crc32b' );
	for ( $at = 0; $at < strlen( $rest ); $at += 5 + $length ) {
		$length = unpack( 'N', substr( $rest, $at + 1, 4 ) )[1];
		$body   = substr( $rest, $at + 5, $length );
		if ( 'E' === $rest[ $at ] ) {
			$end = json_decode( $body, true );
			PHPUnit\Framework\Assert::assertSame( hash_final( $hash ), $end['crc32'] );
			PHPUnit\Framework\Assert::assertSame( count( $frames ), $end['frames'] );
			PHPUnit\Framework\Assert::assertSame( strlen( $rest ), $at + 5 + $length );
			return array( 'marker' => $marker, 'frames' => $frames, 'end' => $end );
		}
		hash_update( $hash, substr( $rest, $at, 5 + $length ) );
		$frames[] = array( $rest[ $at ], $body );
	}
	throw new LogicException( 'no end frame' );
}
