<?php
/**
 * Reading parts of files and hashing whole files.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `files.read` and `files.hash`.
 */
final class Nachtwacht_File_Reads {
	const PIECE = 262144;

	/**
	 * Command `files.read`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function read( Nachtwacht_Command $command ) {
		$roots = new Nachtwacht_Roots( $command );
		$reads = $command->args->objects( 'reads', 50000 );
		$from  = $command->args->has( 'from' ) ? new Nachtwacht_Args( $command->args->raw( 'from' ) ) : null;
		$first = null === $from ? 0 : $from->int( 'i' );
		$count = count( $reads );
		for ( $i = $first; $i < $count; $i++ ) {
			$offset = $reads[ $i ]->int( 'o', 0 );
			$length = $reads[ $i ]->int( 'n' );
			if ( null !== $from && $i === $first && $from->has( 'o' ) ) {
				$done   = $from->int( 'o', 0, $offset, $offset + $length ) - $offset;
				$offset = $offset + $done;
				$length = $length - $done;
			}
			$next = self::one( $command, $roots, $reads[ $i ], $i, $offset, $length );
			if ( null !== $next ) {
				return array(
					'next' => array(
						'i' => $i,
						'o' => $next,
					),
				);
			}
			if ( $i + 1 < $count && $command->budget->spent( $command->answer->sent ) ) {
				$following = $reads[ $i + 1 ]->int( 'o', 0 );
				return array(
					'next' => array(
						'i' => $i + 1,
						'o' => $following,
					),
				);
			}
		}
		return array( 'next' => null );
	}

	/**
	 * One read.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @param Nachtwacht_Roots   $roots   Roots.
	 * @param Nachtwacht_Args    $read    The read.
	 * @param int                $i       Its index.
	 * @param int                $offset  First byte.
	 * @param int                $length  Bytes wanted.
	 * @return int|null Offset to go on from when the budget was spent.
	 */
	private static function one( Nachtwacht_Command $command, Nachtwacht_Roots $roots, Nachtwacht_Args $read, $i, $offset, $length ) {
		$opened = self::open( $command, $roots, $read, $i );
		if ( null === $opened ) {
			return null;
		}
		list( $handle, $full, $before ) = $opened;
		$want = max( 0, min( $length, $before['size'] - $offset ) );
		if ( $offset > 0 && 0 !== @fseek( $handle, $offset ) ) {
			$want = 0;
		}
		$facts = self::facts( $i, $before );
		// A small read is told whole: what is known afterwards goes into its only record.
		$piece = $want > 0 ? (string) stream_get_contents( $handle, min( $want, self::PIECE ) ) : '';
		if ( strlen( $piece ) === $want ) {
			$after = self::stat( $full );
			$command->answer->record( array_merge( $facts, array(
				'n'       => $want,
				'eof'     => $offset + $want >= $before['size'],
				'changed' => ! self::same( $before, $after ),
			) ) );
			$command->answer->bytes( $piece );
			fclose( $handle );
			return null;
		}
		$command->answer->record( array_merge( $facts, array(
			'n'       => $want,
			'eof'     => $offset + $want >= $before['size'],
			'changed' => false,
		) ) );
		$done = 0;
		$next = null;
		while ( '' !== $piece ) {
			$done += strlen( $piece );
			$command->answer->bytes( $piece );
			if ( $done < $want && $command->budget->spent( $command->answer->sent ) ) {
				$next = $offset + $done;
				break;
			}
			$piece = $done < $want ? (string) stream_get_contents( $handle, min( $want - $done, self::PIECE ) ) : '';
		}
		fclose( $handle );
		$after = self::stat( $full );
		$command->answer->record( array_merge( self::facts( $i, null === $after ? $before : $after ), array(
			'n'       => $done,
			'eof'     => $offset + $done >= $before['size'],
			'changed' => ! self::same( $before, $after ),
		) ) );
		return $next;
	}

	/**
	 * Opens a regular file, or says why not.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @param Nachtwacht_Roots   $roots   Roots.
	 * @param Nachtwacht_Args    $read    The read.
	 * @param int                $i       Its index.
	 * @return array|null Handle, path, stat.
	 */
	private static function open( Nachtwacht_Command $command, Nachtwacht_Roots $roots, Nachtwacht_Args $read, $i ) {
		$error  = null;
		$full   = '';
		$handle = false;
		$stat   = null;
		try {
			$full = $roots->locate( $read->raw( 'root' ), $read->raw( 'p' ) );
		} catch ( Nachtwacht_Failure $failure ) {
			$error = 'no-parent' === $failure->reason ? 'gone' : $failure->reason;
		}
		if ( null === $error ) {
			$stat = self::stat( $full );
			if ( null === $stat ) {
				$error = 'gone';
			} elseif ( 0100000 !== ( $stat['mode'] & 0170000 ) ) {
				$error = 'not-a-file';
			} else {
				$handle = @fopen( $full, 'rb' );
				$error  = false === $handle ? 'unreadable' : null;
			}
		}
		if ( null !== $error ) {
			$command->answer->record( array(
				'i'     => $i,
				'error' => $error,
			) );
			return null;
		}
		stream_set_read_buffer( $handle, 0 );
		return array( $handle, $full, $stat );
	}

	/**
	 * Fresh stat of a path.
	 *
	 * @param string $full Absolute path.
	 * @return array|null
	 */
	private static function stat( $full ) {
		clearstatcache( true, $full );
		$stat = @lstat( $full );
		return false === $stat ? null : $stat;
	}

	/**
	 * Facts of a file.
	 *
	 * @param int   $i    Index of the read.
	 * @param array $stat Stat.
	 * @return array
	 */
	private static function facts( $i, array $stat ) {
		return array(
			'i'     => $i,
			'size'  => $stat['size'],
			'mtime' => $stat['mtime'],
			'ctime' => $stat['ctime'],
		);
	}

	/**
	 * Whether a file stayed as it was.
	 *
	 * @param array      $before Stat.
	 * @param array|null $after  Stat.
	 * @return bool
	 */
	private static function same( array $before, $after ) {
		return null !== $after && $before['size'] === $after['size'] && $before['mtime'] === $after['mtime'] && $before['ctime'] === $after['ctime'] && $before['ino'] === $after['ino'];
	}

	/**
	 * Command `files.hash`. One file at least is hashed to its end, whatever the budget.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function hash( Nachtwacht_Command $command ) {
		$roots = new Nachtwacht_Roots( $command );
		$reads = $command->args->objects( 'reads', 50000 );
		$count = count( $reads );
		for ( $i = $command->args->int( 'from', 0 ); $i < $count; $i++ ) {
			$opened = self::open( $command, $roots, $reads[ $i ], $i );
			if ( null !== $opened ) {
				$hash = hash_init( 'sha256' );
				hash_update_stream( $hash, $opened[0] );
				fclose( $opened[0] );
				$after = self::stat( $opened[1] );
				$command->answer->record( array_merge( self::facts( $i, $opened[2] ), array(
					'sha256'  => hash_final( $hash ),
					'changed' => ! self::same( $opened[2], $after ),
				) ) );
			}
			if ( $i + 1 < $count && $command->budget->spent( $command->answer->sent ) ) {
				return array( 'next' => $i + 1 );
			}
		}
		return array( 'next' => null );
	}
}
