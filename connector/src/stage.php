<?php
/**
 * The stage folder of a restore: new files wait there beside the live ones.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `stage.open`, `stage.put`, `stage.plan`, `stage.state`, `stage.drop`.
 *
 * In the folder: phase.php (what was reached), files.php (a line for each part that came), plan.php (a line for each
 * operation), journal.php, f/ (staged files under the hash of their path), u/ (what was live before).
 */
final class Nachtwacht_Stage {
	const ROOM = 33554432;

	/**
	 * The command.
	 *
	 * @var Nachtwacht_Command
	 */
	public $command;

	/**
	 * Stage folder.
	 *
	 * @var string
	 */
	public $folder;

	/**
	 * Roots.
	 *
	 * @var Nachtwacht_Roots
	 */
	public $roots;

	/**
	 * Lock, held until the request ends.
	 *
	 * @var resource|null
	 */
	private $lock = null;

	/**
	 * Opens the stage of the run that the command names.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @param bool               $make    Whether to make it.
	 * @throws Nachtwacht_Failure 'no-stage', 'busy', 'not-writable'.
	 */
	public function __construct( Nachtwacht_Command $command, $make = false ) {
		$this->command = $command;
		$this->folder  = self::folder( $command->site, $command->state['site'], $command->args->run() );
		$this->roots   = new Nachtwacht_Roots( $command );
		if ( $make && ! Nachtwacht_State::make_folder( dirname( $this->folder ) ) ) {
			throw new Nachtwacht_Failure( 'not-writable', 'The content folder cannot be written by the web server.' );
		}
		if ( $make && ! Nachtwacht_State::make_folder( $this->folder ) ) {
			throw new Nachtwacht_Failure( 'not-writable', 'The stage folder cannot be written by the web server.' );
		}
		if ( ! is_dir( $this->folder ) || is_link( $this->folder ) ) {
			throw new Nachtwacht_Failure( 'no-stage', 'There is no stage of this run. Open it first.' );
		}
		if ( nachtwacht_can( 'ignore_user_abort' ) ) {
			ignore_user_abort( true );
		}
		$lock = @fopen( $this->folder . '/lock.php', 'cb' );
		if ( ! is_resource( $lock ) || ! flock( $lock, LOCK_EX | LOCK_NB ) ) {
			throw new Nachtwacht_Failure( 'busy', 'Another request works on this stage.', true );
		}
		$this->lock = $lock;
	}

	/**
	 * Stage folder of a run.
	 *
	 * @param Nachtwacht_Site $site    The site.
	 * @param string          $site_id Site id.
	 * @param string          $run     Run id.
	 * @return string
	 */
	public static function folder( Nachtwacht_Site $site, $site_id, $run ) {
		return $site->content() . '/nachtwacht-' . $site_id . '/stage-' . $run;
	}

	/**
	 * Command `stage.open`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'disk-full'.
	 */
	public static function open( Nachtwacht_Command $command ) {
		$bytes = $command->args->int( 'bytes', 0 );
		$free  = nachtwacht_can( 'disk_free_space' ) ? @disk_free_space( $command->site->content() ) : false;
		if ( false !== $free && $bytes + self::ROOM > $free ) {
			throw new Nachtwacht_Failure( 'disk-full', 'The disk of the site has not enough room for the files of this restore.', false, array( 'free' => (int) $free ) );
		}
		$stage = new self( $command, true );
		foreach ( array( '/f', '/u' ) as $sub ) {
			if ( ! Nachtwacht_State::make_folder( $stage->folder . $sub ) ) {
				throw new Nachtwacht_Failure( 'not-writable', 'The stage folder cannot be written by the web server.' );
			}
		}
		if ( 'none' === $stage->phase()['phase'] ) {
			$stage->set_phase( array( 'phase' => 'open' ) );
		}
		return array(
			'phase' => $stage->phase()['phase'],
			'free'  => false === $free ? null : (int) $free,
		);
	}

	/**
	 * What was reached.
	 *
	 * @return array{phase: string, done: int, total: int, sealed: bool}
	 */
	public function phase() {
		$text = Nachtwacht_State::read_guarded( $this->folder . '/phase.php' );
		$data = null === $text ? null : json_decode( $text, true, 4 );
		return array_merge(
			array(
				'phase'  => 'none',
				'done'   => 0,
				'total'  => 0,
				'sealed' => false,
			),
			is_array( $data ) ? $data : array()
		);
	}

	/**
	 * Records what was reached.
	 *
	 * @param array $fields Fields that change.
	 * @throws Nachtwacht_Failure 'disk-full'.
	 */
	public function set_phase( array $fields ) {
		$all = array_merge( $this->phase(), $fields );
		if ( ! Nachtwacht_State::write_guarded( $this->folder . '/phase.php', nachtwacht_json( $all ) ) ) {
			throw new Nachtwacht_Failure( 'disk-full', 'The stage folder cannot be written any more.' );
		}
	}

	/**
	 * Where something of a path lies in the stage folder.
	 *
	 * @param string $sub  f or u.
	 * @param string $root Root id.
	 * @param string $wire Wire path.
	 * @return string Absolute path.
	 */
	public function place( $sub, $root, $wire ) {
		$key = hash( 'sha1', $root . "\0" . $wire );
		return $this->folder . '/' . $sub . '/' . substr( $key, 0, 2 ) . '/' . $key;
	}

	/**
	 * Appends lines to a guarded file and, when asked, makes sure that they are on the disk.
	 *
	 * @param string   $name  File name.
	 * @param string[] $lines Lines.
	 * @param bool     $sync  Wait for the disk.
	 * @throws Nachtwacht_Failure 'disk-full'.
	 */
	public function append( $name, array $lines, $sync ) {
		$file   = $this->folder . '/' . $name;
		$text   = ( is_file( $file ) ? '' : Nachtwacht_State::GUARD ) . implode( '', $lines );
		$handle = @fopen( $file, 'ab' );
		$done   = is_resource( $handle ) && strlen( $text ) === @fwrite( $handle, $text ) && fflush( $handle );
		if ( $done && $sync && nachtwacht_can( 'fsync' ) ) {
			@fsync( $handle );
		}
		if ( is_resource( $handle ) ) {
			fclose( $handle );
		}
		if ( ! $done ) {
			throw new Nachtwacht_Failure( 'disk-full', 'The stage folder cannot be written any more.' );
		}
	}

	/**
	 * Lines of a guarded file, one at a time. A line that a kill cut short is left out.
	 *
	 * @param string $name File name.
	 * @param int    $from First line.
	 * @param int    $to   Line before which to stop.
	 * @return Generator<int, array> By number of the line.
	 */
	public function lines( $name, $from = 0, $to = PHP_INT_MAX ) {
		$handle = @fopen( $this->folder . '/' . $name, 'rb' );
		if ( ! is_resource( $handle ) ) {
			return;
		}
		fgets( $handle );
		$at = 0;
		for ( $line = fgets( $handle ); false !== $line && $at < $to; $line = fgets( $handle ), $at++ ) {
			$data = $at >= $from && "\n" === substr( $line, -1 ) ? json_decode( $line, true, 8 ) : null;
			if ( is_array( $data ) ) {
				yield $at => $data;
			}
		}
		fclose( $handle );
	}

	/**
	 * Journal lines by the number of their operation; of several about one operation the first counts.
	 *
	 * @param int $from First operation.
	 * @param int $to   Operation before which to stop.
	 * @return array<int, array>
	 */
	public function journal( $from, $to ) {
		$lines  = array();
		$handle = @fopen( $this->folder . '/journal.php', 'rb' );
		if ( ! is_resource( $handle ) ) {
			return $lines;
		}
		fgets( $handle );
		for ( $line = fgets( $handle ); false !== $line; $line = fgets( $handle ) ) {
			$n = (int) substr( $line, 5 );
			if ( $n >= $from && $n < $to && ! isset( $lines[ $n ] ) && "\n" === substr( $line, -1 ) ) {
				$data = json_decode( $line, true, 4 );
				if ( is_array( $data ) && isset( $data['n'] ) && $data['n'] === $n ) {
					$lines[ $n ] = $data;
				}
			}
		}
		fclose( $handle );
		return $lines;
	}

	/**
	 * Command `stage.put`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'bad-args', 'bad-path', 'disk-full', 'stage-sealed'.
	 */
	public static function put( Nachtwacht_Command $command ) {
		$stage = new self( $command );
		if ( ! in_array( $stage->phase()['phase'], array( 'open', 'planned', 'rolled-back' ), true ) ) {
			throw new Nachtwacht_Failure( 'stage-sealed', 'This stage is being swapped in or is done.' );
		}
		$files = $command->args->objects( 'files', 20000 );
		$total = 0;
		foreach ( $files as $file ) {
			$total += $file->int( 'n' );
			$stage->roots->root( $file->raw( 'root' ) );
			Nachtwacht_Paths::decode( $file->raw( 'p' ) );
		}
		if ( $total !== $command->request->blob_length ) {
			throw Nachtwacht_Args::bad( 'files', 'as long together as the bytes that came' );
		}
		$blob  = $command->request->blob();
		$done  = array();
		$lines = array();
		foreach ( $files as $i => $file ) {
			$one     = $stage->put_part( $file, $blob );
			$done[]  = array(
				'i'  => $i,
				'ok' => $one['ok'],
			);
			$lines[] = nachtwacht_json( $one ) . "\n";
		}
		fclose( $blob );
		$stage->append( 'files.php', $lines, false );
		return array( 'done' => $done );
	}

	/**
	 * One part of a file.
	 *
	 * @param Nachtwacht_Args $file Where it belongs.
	 * @param resource        $blob Bytes of all parts.
	 * @return array{root: string, p: string, have: int, size: int, ok: bool}
	 * @throws Nachtwacht_Failure 'bad-args', 'gap', 'disk-full'.
	 */
	private function put_part( Nachtwacht_Args $file, $blob ) {
		$offset = $file->int( 'o' );
		$length = $file->int( 'n' );
		$size   = $file->int( 'size' );
		$sha    = $file->text( 'sha256', '/^(?:[0-9a-f]{64})?\z/' );
		$type   = $file->has( 'type' ) ? $file->text( 'type', '/^[fdl]\z/' ) : 'f';
		if ( $offset + $length > $size ) {
			throw Nachtwacht_Args::bad( 'o', 'inside the file' );
		}
		$whole  = $offset + $length === $size;
		$record = array(
			'root' => $file->raw( 'root' ),
			'p'    => $file->raw( 'p' ),
			'have' => $offset + $length,
			'size' => $size,
			'ok'   => true,
		);
		if ( 'f' !== $type ) {
			return $record;
		}
		$place = $this->place( 'f', $file->raw( 'root' ), $file->raw( 'p' ) );
		if ( ! is_dir( dirname( $place ) ) && ! @mkdir( dirname( $place ), 0700 ) && ! is_dir( dirname( $place ) ) ) {
			throw new Nachtwacht_Failure( 'disk-full', 'The stage folder cannot be written any more.' );
		}
		$part = $place . '.part';
		clearstatcache( true, $part );
		if ( $offset > 0 && ( ! is_file( $part ) || filesize( $part ) < $offset ) ) {
			throw new Nachtwacht_Failure( 'gap', 'An earlier part of this file is missing. Send it from its start.', false, array( 'have' => is_file( $part ) ? filesize( $part ) : 0 ) );
		}
		$handle = @fopen( $part, 0 === $offset ? 'wb' : 'r+b' );
		$right  = is_resource( $handle ) && 0 === fseek( $handle, $offset );
		$hash   = $whole && 0 === $offset ? hash_init( 'sha256' ) : null;
		for ( $left = $length; $right && $left > 0; ) {
			$bytes = (string) fread( $blob, min( 65536, $left ) );
			$right = '' !== $bytes && strlen( $bytes ) === @fwrite( $handle, $bytes );
			$left -= strlen( $bytes );
			if ( null !== $hash ) {
				hash_update( $hash, $bytes );
			}
		}
		$right = $right && fflush( $handle ) && ftruncate( $handle, $offset + $length );
		if ( is_resource( $handle ) ) {
			fclose( $handle );
		}
		if ( ! $right ) {
			@unlink( $part );
			throw new Nachtwacht_Failure( 'disk-full', 'A staged file could not be written.' );
		}
		if ( ! $whole ) {
			return $record;
		}
		if ( nachtwacht_can( 'set_time_limit' ) ) {
			@set_time_limit( 0 );
		}
		$record['ok'] = '' !== $sha && hash_equals( $sha, null === $hash ? (string) hash_file( 'sha256', $part ) : hash_final( $hash ) );
		if ( $record['ok'] ) {
			$record['ok'] = @rename( $part, $place );
		} else {
			@unlink( $part );
		}
		return $record;
	}

	/**
	 * Command `stage.plan`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'bad-args', 'bad-path', 'stage-sealed'.
	 */
	public static function plan( Nachtwacht_Command $command ) {
		$stage = new self( $command );
		$phase = $stage->phase();
		if ( ! in_array( $phase['phase'], array( 'open', 'planned', 'rolled-back' ), true ) ) {
			throw new Nachtwacht_Failure( 'stage-sealed', 'This stage is being swapped in or is done.' );
		}
		$from  = $command->args->int( 'from', $phase['sealed'] ? 0 : $phase['total'] );
		$lines = array();
		foreach ( $command->args->objects( 'ops', 20000 ) as $op ) {
			$lines[] = nachtwacht_json( $stage->operation( $op ) ) . "\n";
		}
		if ( $from > $phase['total'] ) {
			throw Nachtwacht_Args::bad( 'from', 'at most the number of operations planned so far' );
		}
		if ( $from < $phase['total'] || 0 === $from ) {
			$stage->keep_operations( $from );
		}
		$stage->append( 'plan.php', $lines, true );
		$total = $from + count( $lines );
		@unlink( $stage->folder . '/journal.php' );
		$stage->set_phase( array(
			'phase'  => 'planned',
			'total'  => $total,
			'done'   => 0,
			'sealed' => ! $command->args->yes( 'more' ),
		) );
		return array( 'total' => $total );
	}

	/**
	 * Checks one operation.
	 *
	 * @param Nachtwacht_Args $op Operation.
	 * @return array
	 */
	private function operation( Nachtwacht_Args $op ) {
		$this->roots->root( $op->raw( 'root' ) );
		$out = array(
			'op'   => $op->text( 'op', '/^(?:put|remove|mkdir|chmod)\z/' ),
			'root' => $op->raw( 'root' ),
			'p'    => $op->raw( 'p' ),
		);
		if ( '' === Nachtwacht_Paths::decode( $out['p'] ) ) {
			throw new Nachtwacht_Failure( 'bad-path', 'A root itself is no target.' );
		}
		if ( 'put' === $out['op'] || 'remove' === $out['op'] ) {
			$out['type'] = $op->text( 'type', 'put' === $out['op'] ? '/^[fl]\z/' : '/^[fdlo]\z/' );
		}
		if ( 'remove' !== $out['op'] && ( ! isset( $out['type'] ) || 'f' === $out['type'] ) ) {
			$out['mode'] = $op->int( 'mode', null, 0, 07777 );
		}
		if ( $op->has( 'mtime' ) ) {
			$out['mtime'] = $op->int( 'mtime', null, 0, 1 << 40 );
		}
		if ( isset( $out['type'] ) && 'put' === $out['op'] && 'l' === $out['type'] ) {
			$out['target'] = $op->text( 'target', '/^[^\x00]{1,4096}\z/s' );
		}
		return $out;
	}

	/**
	 * Cuts the plan to its first operations.
	 *
	 * @param int $count How many stay.
	 * @throws Nachtwacht_Failure 'disk-full'.
	 */
	private function keep_operations( $count ) {
		$file   = $this->folder . '/plan.php';
		$handle = is_file( $file ) ? @fopen( $file, 'r+b' ) : false;
		if ( ! is_resource( $handle ) ) {
			return;
		}
		fgets( $handle );
		for ( $line = 0; $line < $count; $line++ ) {
			fgets( $handle );
		}
		$at = (int) ftell( $handle );
		ftruncate( $handle, $at );
		fclose( $handle );
	}

	/**
	 * Command `stage.state`. A later record about a file replaces an earlier one.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function state( Nachtwacht_Command $command ) {
		$folder = self::folder( $command->site, $command->state['site'], $command->args->run() );
		if ( ! is_dir( $folder ) ) {
			return array(
				'phase' => 'none',
				'done'  => 0,
				'total' => 0,
			);
		}
		$stage = new self( $command );
		foreach ( $stage->lines( 'files.php' ) as $line ) {
			$command->answer->record( $line );
		}
		return $stage->phase();
	}

	/**
	 * Command `stage.drop`. An unfinished swap is not thrown away: finish or revert it first.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'unfinished'.
	 */
	public static function drop( Nachtwacht_Command $command ) {
		if ( ! is_dir( self::folder( $command->site, $command->state['site'], $command->args->run() ) ) ) {
			return array( 'next' => null );
		}
		$stage = new self( $command );
		if ( in_array( $stage->phase()['phase'], array( 'committing', 'reverting' ), true ) ) {
			throw new Nachtwacht_Failure( 'unfinished', 'This stage is half swapped in. Commit or revert it first.' );
		}
		$stage->set_phase( array( 'phase' => 'dropped' ) );
		if ( ! $stage->clear( $stage->folder ) ) {
			return array( 'next' => 'more' . $stage->count_left() );
		}
		@rmdir( $stage->folder );
		Nachtwacht_State::drop_if_empty( dirname( $stage->folder ) );
		return array( 'next' => null );
	}

	/**
	 * Names left in the stage, so that the cursor of a long removal moves.
	 *
	 * @return int
	 */
	private function count_left() {
		$left = 0;
		foreach ( array( '/f', '/u' ) as $sub ) {
			$folders = @scandir( $this->folder . $sub );
			foreach ( is_array( $folders ) ? $folders : array() as $name ) {
				$names = '.' === $name || '..' === $name ? array() : @scandir( $this->folder . $sub . '/' . $name );
				$left += is_array( $names ) ? count( $names ) : 0;
			}
		}
		return $left;
	}

	/**
	 * Removes what a folder of ours holds; never through a symlink. phase.php goes last.
	 *
	 * @param string $folder Absolute path.
	 * @return bool False when the budget was spent before the end.
	 */
	private function clear( $folder ) {
		$names = @scandir( $folder );
		foreach ( is_array( $names ) ? $names : array() as $name ) {
			$full = $folder . '/' . $name;
			if ( '.' === $name || '..' === $name || 'phase.php' === $name ) {
				continue;
			}
			if ( is_link( $full ) || ! is_dir( $full ) ) {
				@unlink( $full );
			} elseif ( ! $this->clear( $full ) ) {
				return false;
			} else {
				@rmdir( $full );
			}
			if ( $this->command->budget->spent() ) {
				return false;
			}
		}
		if ( $folder === $this->folder ) {
			@unlink( $folder . '/phase.php' );
		}
		return true;
	}
}
