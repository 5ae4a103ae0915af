<?php
/**
 * Swapping staged files in, and back.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `stage.commit` and `stage.revert`.
 *
 * Before an operation touches anything, the journal says what was there. Every operation, and its undoing, can run twice:
 * what is staged, live and kept tells how far it came. So a kill at any line is gone on from, or put back.
 */
final class Nachtwacht_Stage_Swap {
	const BATCH   = 64;
	const WINDOW  = 10000;
	const RESERVE = 'reserve.php';

	/**
	 * The stage.
	 *
	 * @var Nachtwacht_Stage
	 */
	private $stage;

	/**
	 * Folders that were to go but are not empty.
	 *
	 * @var string[]
	 */
	private $left = array();

	/**
	 * Whether the journal may hold lines about the next batch.
	 *
	 * @var bool
	 */
	private $resumes = true;

	/**
	 * Wraps.
	 *
	 * @param Nachtwacht_Stage $stage The stage.
	 */
	private function __construct( Nachtwacht_Stage $stage ) {
		$this->stage = $stage;
	}

	/**
	 * Command `stage.commit`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'not-planned', or why an operation failed, with `rolled_back`.
	 */
	public static function commit( Nachtwacht_Command $command ) {
		$stage = new Nachtwacht_Stage( $command );
		$self  = new self( $stage );
		$phase = $stage->phase();
		if ( 'committed' === $phase['phase'] ) {
			return $self->progress( null );
		}
		if ( 'rolling-back' === $phase['phase'] ) {
			return $self->roll_back( isset( $phase['why'] ) ? (string) $phase['why'] : '' );
		}
		if ( 'committing' !== $phase['phase'] ) {
			if ( ! in_array( $phase['phase'], array( 'planned', 'rolled-back' ), true ) || ! $phase['sealed'] ) {
				throw new Nachtwacht_Failure( 'not-planned', 'There is no finished plan for this stage.' );
			}
			@unlink( $stage->folder . '/journal.php' );
			// Given back when something fails, so that putting back can be recorded on a full disk too.
			$stage->append( self::RESERVE, array( str_repeat( ' ', 65536 ) ), false );
			$stage->set_phase( array(
				'phase' => 'committing',
				'done'  => 0,
			) );
		}
		try {
			return $self->go_on();
		} catch ( Nachtwacht_Failure $failure ) {
			if ( 'claim' === $failure->reason ) {
				throw $failure;
			}
			return $self->roll_back( $failure->getMessage() );
		}
	}

	/**
	 * Fields of the end record.
	 *
	 * @param int|null $next Operation to go on from.
	 * @return array
	 */
	private function progress( $next ) {
		$phase = $this->stage->phase();
		return array(
			'next'  => $next,
			'phase' => $phase['phase'],
			'done'  => $phase['done'],
			'total' => $phase['total'],
			'left'  => $this->left,
		);
	}

	/**
	 * Carries out operations until the end or the budget.
	 *
	 * @return array
	 * @throws Nachtwacht_Failure When one fails.
	 */
	private function go_on() {
		$phase = $this->stage->phase();
		$done  = $phase['done'];
		$batch = array();
		foreach ( $this->stage->lines( 'plan.php', $done ) as $n => $op ) {
			if ( count( $batch ) >= self::BATCH || self::depends( $op, $batch ) ) {
				$this->batch( $batch );
				$batch = array();
				$done  = $n;
				$this->stage->set_phase( array( 'done' => $done ) );
				if ( $this->stage->command->budget->spent() ) {
					return $this->progress( $done );
				}
			}
			$batch[ $n ] = $op;
		}
		if ( $done + count( $batch ) !== $phase['total'] ) {
			throw new Nachtwacht_Failure( 'internal', 'The plan is not as long as it was.' );
		}
		$this->batch( $batch );
		$this->stage->set_phase( array(
			'phase' => 'committed',
			'done'  => $phase['total'],
		) );
		@unlink( $this->stage->folder . '/' . self::RESERVE );
		$this->forget_caches();
		return $this->progress( null );
	}

	/**
	 * Whether what is live for an operation depends on one before it in the batch.
	 *
	 * @param array             $op    Operation.
	 * @param array<int, array> $batch Operations before it.
	 * @return bool
	 */
	private static function depends( array $op, array $batch ) {
		foreach ( $batch as $before ) {
			if ( $before['root'] !== $op['root'] ) {
				continue;
			}
			if ( $before['p'] === $op['p'] || ( 'remove' === $before['op'] && 0 === strpos( $op['p'], $before['p'] . '/' ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Journals what is there before a few operations, then carries them out.
	 *
	 * @param array<int, array> $batch Operations.
	 */
	private function batch( array $batch ) {
		if ( array() === $batch ) {
			return;
		}
		$this->stage->command->still_ours();
		clearstatcache( true );
		$first   = (int) key( $batch );
		// Only the first batch of a request can have lines of an attempt before it.
		$journal     = $this->resumes ? $this->stage->journal( $first, $first + self::BATCH ) : array();
		$this->resumes = false;
		$lines   = array();
		$known   = array();
		foreach ( $batch as $n => $op ) {
			$line = isset( $journal[ $n ] ) ? $journal[ $n ] : array_merge( array( 'n' => $n ), $this->look( $op ) );
			if ( ! isset( $journal[ $n ] ) ) {
				$lines[] = nachtwacht_json( $line ) . "\n";
			}
			$known[ $n ] = $line;
		}
		if ( array() !== $lines ) {
			$this->stage->append( 'journal.php', $lines, true );
		}
		foreach ( $batch as $n => $op ) {
			$this->carry_out( $op, $known[ $n ] );
		}
	}

	/**
	 * Type of what is at a place: f, d, l, o or null.
	 *
	 * @param string $full Absolute path.
	 * @return string|null
	 */
	private static function type( $full ) {
		clearstatcache( true, $full );
		$stat = @lstat( $full );
		if ( false === $stat ) {
			return null;
		}
		$types = array(
			0100000 => 'f',
			0040000 => 'd',
			0120000 => 'l',
		);
		$kind  = $stat['mode'] & 0170000;
		return isset( $types[ $kind ] ) ? $types[ $kind ] : 'o';
	}

	/**
	 * What is live before an operation.
	 *
	 * @param array $op Operation.
	 * @return array{was: string|null, mode: int|null}
	 * @throws Nachtwacht_Failure 'bad-path'.
	 */
	private function look( array $op ) {
		try {
			$full = $this->stage->roots->locate( $op['root'], $op['p'] );
		} catch ( Nachtwacht_Failure $failure ) {
			if ( 'no-parent' === $failure->reason ) {
				return array(
					'was'  => null,
					'mode' => null,
				);
			}
			throw $failure;
		}
		$type = self::type( $full );
		$stat = null === $type ? false : @lstat( $full );
		return array(
			'was'  => $type,
			'mode' => false === $stat ? null : $stat['mode'] & 07777,
		);
	}

	/**
	 * Carries out one operation.
	 *
	 * @param array $op   Operation.
	 * @param array $line Its line of the journal.
	 * @throws Nachtwacht_Failure When it cannot be done.
	 */
	private function carry_out( array $op, array $line ) {
		if ( 'remove' === $op['op'] && null === $line['was'] && ! $this->has_parent( $op ) ) {
			return;
		}
		$full = $this->stage->roots->locate( $op['root'], $op['p'] );
		$kept = $this->stage->place( 'u', $op['root'], $op['p'] );
		switch ( $op['op'] ) {
			case 'put':
				$this->put( $op, $full, $kept );
				return;
			case 'remove':
				$this->remove( $op, $full, $kept );
				return;
			case 'mkdir':
				$type = self::type( $full );
				if ( null === $type && ! @mkdir( $full, 0755 ) ) {
					throw $this->broken( $op, 'the folder could not be made' );
				}
				if ( null !== $type && 'd' !== $type ) {
					throw $this->broken( $op, 'something that is no folder is in the way' );
				}
				@chmod( $full, $op['mode'] );
				return;
			default:
				$type = self::type( $full );
				if ( 'f' === $type || 'd' === $type ) {
					@chmod( $full, $op['mode'] );
				}
		}
	}

	/**
	 * Whether the folder of a path is there.
	 *
	 * @param array $op Operation.
	 * @return bool
	 */
	private function has_parent( array $op ) {
		try {
			$this->stage->roots->locate( $op['root'], $op['p'] );
			return true;
		} catch ( Nachtwacht_Failure $failure ) {
			if ( 'no-parent' === $failure->reason ) {
				return false;
			}
			throw $failure;
		}
	}

	/**
	 * The failure of an operation.
	 *
	 * @param array  $op  Operation.
	 * @param string $why What happened.
	 * @return Nachtwacht_Failure
	 */
	private function broken( array $op, $why ) {
		return new Nachtwacht_Failure( 'swap-failed', "{$op['op']} of {$op['p']}: $why." );
	}

	/**
	 * Makes the folder of a kept file.
	 *
	 * @param string $kept Absolute path.
	 */
	private static function make_place( $kept ) {
		if ( ! is_dir( dirname( $kept ) ) ) {
			@mkdir( dirname( $kept ), 0700 );
		}
	}

	/**
	 * Moves, also to another disk.
	 *
	 * @param string $from Absolute path of a file or link.
	 * @param string $to   Absolute path; what is there is replaced.
	 * @return bool
	 */
	private static function move( $from, $to ) {
		if ( @rename( $from, $to ) ) {
			return true;
		}
		$temp = $to . '.nachtwacht-' . bin2hex( random_bytes( 4 ) );
		if ( is_link( $from ) ) {
			$done = @symlink( (string) readlink( $from ), $temp );
		} else {
			$stat = @stat( $from );
			$done = @copy( $from, $temp ) && false !== $stat && @filesize( $temp ) === $stat['size'];
			if ( $done ) {
				@chmod( $temp, $stat['mode'] & 07777 );
				@touch( $temp, $stat['mtime'] );
			}
		}
		if ( ! $done || ! @rename( $temp, $to ) ) {
			@unlink( $temp );
			return false;
		}
		return @unlink( $from );
	}

	/**
	 * Puts a staged file or a link in the place of what is live.
	 *
	 * @param array  $op   Operation.
	 * @param string $full Live path.
	 * @param string $kept Where the old one is kept.
	 * @throws Nachtwacht_Failure When it cannot be done.
	 */
	private function put( array $op, $full, $kept ) {
		$staged = $this->stage->place( 'f', $op['root'], $op['p'] );
		$live   = self::type( $full );
		if ( 'l' === $op['type'] && 'l' !== self::type( $staged ) ) {
			if ( 'l' === $live && readlink( $full ) === self::target( $op ) ) {
				return;
			}
			self::make_place( $staged );
			if ( ! @symlink( self::target( $op ), $staged ) ) {
				throw $this->broken( $op, 'the link could not be made' );
			}
		}
		if ( null === self::type( $staged ) ) {
			if ( null === $live ) {
				throw $this->broken( $op, 'the file was not staged' );
			}
			return;
		}
		if ( 'd' === $live || 'o' === $live ) {
			throw $this->broken( $op, 'a folder is in the way' );
		}
		if ( null !== $live && null === self::type( $kept ) ) {
			$this->keep( $op, $live, $full, $kept );
		}
		if ( 'f' === $op['type'] ) {
			@chmod( $staged, $op['mode'] );
			if ( isset( $op['mtime'] ) ) {
				@touch( $staged, $op['mtime'] );
			}
		}
		if ( ! self::move( $staged, $full ) ) {
			throw $this->broken( $op, 'the file could not be put in place' );
		}
		self::forget_code( $full );
	}

	/**
	 * Target of a link of the plan.
	 *
	 * @param array $op Operation.
	 * @return string
	 */
	private static function target( array $op ) {
		return (string) preg_replace_callback(
			'/%([0-9A-F]{2})/',
			static function ( $match ) {
				return chr( hexdec( $match[1] ) );
			},
			$op['target']
		);
	}

	/**
	 * Keeps what is live. A second name for the same file leaves no moment without it; where that is not allowed it is moved.
	 *
	 * @param array  $op   Operation.
	 * @param string $live Its type.
	 * @param string $full Live path.
	 * @param string $kept Where it is kept.
	 * @throws Nachtwacht_Failure When it cannot be kept.
	 */
	private function keep( array $op, $live, $full, $kept ) {
		self::make_place( $kept );
		$done = 'l' === $live
			? @symlink( (string) readlink( $full ), $kept )
			: ( nachtwacht_can( 'link' ) && @link( $full, $kept ) );
		if ( ! $done && ! self::move( $full, $kept ) ) {
			throw $this->broken( $op, 'the present file could not be set aside' );
		}
	}

	/**
	 * Takes away a file, a link or an empty folder.
	 *
	 * @param array  $op   Operation.
	 * @param string $full Live path.
	 * @param string $kept Where it is kept.
	 * @throws Nachtwacht_Failure When it cannot be done.
	 */
	private function remove( array $op, $full, $kept ) {
		$live = self::type( $full );
		if ( null === $live ) {
			return;
		}
		if ( 'd' === $op['type'] ) {
			if ( 'd' === $live && ! @rmdir( $full ) ) {
				$this->left[] = $op['p'];
			}
			return;
		}
		if ( 'd' === $live ) {
			throw $this->broken( $op, 'it is a folder now' );
		}
		self::make_place( $kept );
		if ( ! self::move( $full, $kept ) ) {
			throw $this->broken( $op, 'it could not be taken away' );
		}
		self::forget_code( $full );
	}

	/**
	 * PHP must not run the old code from its cache.
	 *
	 * @param string $full Absolute path.
	 */
	private static function forget_code( $full ) {
		clearstatcache( true, $full );
		if ( '.php' === substr( $full, -4 ) && nachtwacht_can( 'opcache_invalidate' ) ) {
			@opcache_invalidate( $full, true );
		}
	}

	/**
	 * After all is done: the whole code cache, for files that were included under another name.
	 */
	private function forget_caches() {
		clearstatcache( true );
		if ( nachtwacht_can( 'opcache_reset' ) ) {
			@opcache_reset();
		}
	}

	/**
	 * Puts everything back that was done, then says why.
	 *
	 * @param string $why What failed.
	 * @return array Never: it throws.
	 * @throws Nachtwacht_Failure 'swap-failed' with `rolled_back`.
	 */
	private function roll_back( $why ) {
		@unlink( $this->stage->folder . '/' . self::RESERVE );
		$this->stage->set_phase( array(
			'phase' => 'rolling-back',
			'why'   => $why,
		) );
		$stuck = $this->put_back( null );
		if ( array() !== $stuck ) {
			throw new Nachtwacht_Failure( 'swap-failed', "$why Not everything could be put back; try again.", true, array(
				'rolled_back' => false,
				'stuck'       => array_slice( $stuck, 0, 100 ),
			) );
		}
		$this->stage->set_phase( array(
			'phase' => 'rolled-back',
			'done'  => 0,
		) );
		$this->forget_caches();
		throw new Nachtwacht_Failure( 'swap-failed', $why, false, array( 'rolled_back' => true ) );
	}

	/**
	 * Command `stage.revert`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure When something could not be put back.
	 */
	public static function revert( Nachtwacht_Command $command ) {
		$stage = new Nachtwacht_Stage( $command );
		$self  = new self( $stage );
		$phase = $stage->phase();
		if ( in_array( $phase['phase'], array( 'open', 'planned', 'reverted', 'rolled-back' ), true ) ) {
			return $self->progress( null );
		}
		if ( ! in_array( $phase['phase'], array( 'committing', 'committed', 'reverting', 'rolling-back' ), true ) ) {
			throw new Nachtwacht_Failure( 'not-planned', 'There is nothing to put back.' );
		}
		if ( 'reverting' !== $phase['phase'] ) {
			$stage->set_phase( array(
				'phase' => 'reverting',
				'back'  => $phase['total'],
			) );
		}
		$stuck = $self->put_back( $command->budget );
		if ( array() !== $stuck ) {
			throw new Nachtwacht_Failure( 'revert-failed', 'Not everything could be put back; try again.', true, array( 'stuck' => array_slice( $stuck, 0, 100 ) ) );
		}
		$back = $stage->phase();
		if ( isset( $back['back'] ) && $back['back'] > 0 ) {
			return array(
				'next'  => $back['back'],
				'phase' => 'reverting',
				'done'  => $back['total'] - $back['back'],
				'total' => $back['total'],
			);
		}
		$stage->set_phase( array(
			'phase' => 'reverted',
			'done'  => 0,
		) );
		$self->forget_caches();
		return $self->progress( null );
	}

	/**
	 * Undoes operations, the last first.
	 *
	 * @param Nachtwacht_Budget|null $budget Null: to the end, whatever it takes.
	 * @return string[] Paths that could not be put back.
	 */
	private function put_back( $budget ) {
		clearstatcache( true );
		$phase = $this->stage->phase();
		$from  = null === $budget ? $phase['total'] : min( $phase['total'], (int) $phase['back'] );
		$stuck = array();
		$count = 0;
		for ( $to = $from; $to > 0; $to = $low ) {
			$low     = max( 0, $to - self::WINDOW );
			$journal = $this->stage->journal( $low, $to );
			$plan    = array();
			foreach ( $this->stage->lines( 'plan.php', $low, $to ) as $n => $op ) {
				if ( isset( $journal[ $n ] ) ) {
					$plan[ $n ] = $op;
				}
			}
			foreach ( array_reverse( $plan, true ) as $at => $op ) {
				if ( ! $this->undo( $op, $journal[ $at ] ) ) {
					$stuck[] = $op['p'];
				}
				if ( 0 !== ++$count % self::BATCH || null === $budget || array() !== $stuck ) {
					continue;
				}
				$this->stage->set_phase( array( 'back' => $at ) );
				if ( $at > 0 && $budget->spent() ) {
					return array();
				}
			}
		}
		if ( null !== $budget && array() === $stuck ) {
			$this->stage->set_phase( array( 'back' => 0 ) );
		}
		return $stuck;
	}

	/**
	 * Undoes one operation.
	 *
	 * @param array $op   Operation.
	 * @param array $line What was there before.
	 * @return bool Whether all is as it was.
	 */
	private function undo( array $op, array $line ) {
		clearstatcache( true );
		try {
			$full = $this->stage->roots->locate( $op['root'], $op['p'] );
		} catch ( Nachtwacht_Failure $failure ) {
			return null === $line['was'];
		}
		$kept   = $this->stage->place( 'u', $op['root'], $op['p'] );
		$staged = $this->stage->place( 'f', $op['root'], $op['p'] );
		switch ( $op['op'] ) {
			case 'put':
				return $this->undo_put( $op, $line, $full, $kept, $staged );
			case 'remove':
				if ( 'd' === $op['type'] ) {
					return 'd' !== $line['was'] || is_dir( $full ) || ( @mkdir( $full ) && @chmod( $full, $line['mode'] ) );
				}
				if ( null === self::type( $kept ) ) {
					return true;
				}
				$done = self::move( $kept, $full );
				self::forget_code( $full );
				return $done;
			case 'mkdir':
				if ( null === $line['was'] ) {
					// What others have put into it meanwhile stays.
					@rmdir( $full );
					return true;
				}
				return 'd' !== $line['was'] || @chmod( $full, $line['mode'] );
			default:
				return null === $line['mode'] || 'l' === $line['was'] || ! file_exists( $full ) || @chmod( $full, $line['mode'] );
		}
	}

	/**
	 * Undoes a put: the new file goes back to the stage (so that it can be swapped in again), the old one back in place.
	 *
	 * @param array  $op     Operation.
	 * @param array  $line   What was there before.
	 * @param string $full   Live path.
	 * @param string $kept   Where the old one is kept.
	 * @param string $staged Where the new one was staged.
	 * @return bool
	 */
	private function undo_put( array $op, array $line, $full, $kept, $staged ) {
		$is_new = null === self::type( $staged ) && null !== self::type( $full );
		if ( $is_new && ( null !== self::type( $kept ) || null === $line['was'] ) ) {
			self::make_place( $staged );
			if ( ! @link( $full, $staged ) && ! @copy( $full, $staged ) ) {
				return false;
			}
			if ( null === $line['was'] ) {
				$done = @unlink( $full );
				self::forget_code( $full );
				return $done;
			}
		}
		if ( null === self::type( $kept ) ) {
			return true;
		}
		$done = self::move( $kept, $full );
		// Two names of one file: rename() then leaves both, and the kept one must go.
		if ( $done && null !== self::type( $kept ) ) {
			@unlink( $kept );
		}
		self::forget_code( $full );
		return $done;
	}
}
