<?php
/**
 * The walk over the files of a root.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Depth first, names in byte order. The cursor names a folder and the last name told of it, so that another process can go on;
 * memory holds at most PART names per level, however large a folder is.
 */
final class Nachtwacht_Walk {
	const PART = 10000;
	const ROWS = 1000;

	/**
	 * The command.
	 *
	 * @var Nachtwacht_Command
	 */
	private $command;

	/**
	 * Roots.
	 *
	 * @var Nachtwacht_Roots
	 */
	private $roots;

	/**
	 * Real path of the root walked.
	 *
	 * @var string
	 */
	private $root;

	/**
	 * Excluded paths as keys.
	 *
	 * @var array
	 */
	private $paths = array();

	/**
	 * Excluded names as keys.
	 *
	 * @var array
	 */
	private $names = array();

	/**
	 * Whether only the few files of the folder above WordPress are told.
	 *
	 * @var bool
	 */
	private $conf;

	/**
	 * Links to folders outside.
	 *
	 * @var string[]
	 */
	private $links = array();

	/**
	 * Folders with a WordPress of their own.
	 *
	 * @var string[]
	 */
	private $nested = array();

	/**
	 * Entries told so far.
	 *
	 * @var int
	 */
	private $told = 0;

	/**
	 * Command `files.list`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function tell( Nachtwacht_Command $command ) {
		$walk          = new self();
		$walk->command = $command;
		$walk->roots   = new Nachtwacht_Roots( $command );
		$id            = $command->args->text( 'root', '/^[a-z0-9-]{1,32}\z/' );
		$walk->root    = rtrim( $walk->roots->root( $id ), '/' );
		$walk->conf    = 'conf' === $id;
		foreach ( $command->args->items( 'exclude', 10000, false ) as $exclude ) {
			if ( is_string( $exclude ) && 0 === strpos( $exclude, '*/' ) ) {
				$walk->names[ Nachtwacht_Paths::decode( substr( $exclude, 2 ) ) ] = true;
			} else {
				$walk->paths[ Nachtwacht_Paths::decode( $exclude ) ] = true;
			}
		}
		$next = $walk->go( self::read_cursor( $command->args->raw( 'cursor' ) ), $command->args->int( 'max_entries', 20000, 1, 1000000 ) );
		if ( array() !== $walk->links ) {
			$walk->roots->remember( $walk->links );
		}
		return array(
			'next'   => $next,
			'nested' => $walk->nested,
		);
	}

	/**
	 * Reads a cursor.
	 *
	 * @param mixed $cursor As it was given.
	 * @return array{0: string, 1: string|null} Folder (bytes) and last name told; null: the folder is told, go on below it.
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	private static function read_cursor( $cursor ) {
		if ( null === $cursor ) {
			return array( '', '' );
		}
		$parts = is_string( $cursor ) ? explode( '|', $cursor ) : array();
		if ( 3 !== count( $parts ) || ( 'n' !== $parts[0] && 'b' !== $parts[0] ) ) {
			throw Nachtwacht_Args::bad( 'cursor', 'one that files.list gave' );
		}
		$folder = '' === $parts[1] ? '' : nachtwacht_from_base64url( $parts[1] );
		$name   = '' === $parts[2] ? '' : nachtwacht_from_base64url( $parts[2] );
		if ( null === $folder || null === $name || Nachtwacht_Paths::decode( Nachtwacht_Paths::encode( $folder ) ) !== $folder ) {
			throw Nachtwacht_Args::bad( 'cursor', 'one that files.list gave' );
		}
		return array( $folder, 'b' === $parts[0] ? null : $name );
	}

	/**
	 * Writes a cursor.
	 *
	 * @param string      $folder Folder.
	 * @param string|null $name   Last name told, null when all were.
	 * @return string
	 */
	private static function write_cursor( $folder, $name ) {
		$code = static function ( $bytes ) {
			return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
		};
		return ( null === $name ? 'b' : 'n' ) . '|' . $code( $folder ) . '|' . $code( (string) $name );
	}

	/**
	 * Walks from a cursor until the budget is spent.
	 *
	 * @param array $at  Cursor.
	 * @param int   $max Entries.
	 * @return string|null Cursor to go on from, null when all is told.
	 */
	private function go( array $at, $max ) {
		list( $folder, $name ) = $at;
		while ( true ) {
			if ( null !== $name ) {
				$name = $this->tell_part( $folder, $name, min( self::ROWS, max( 1, $max - $this->told ) ) );
			} else {
				$folder = $this->after( $folder );
				if ( null === $folder ) {
					return null;
				}
				$name = '';
				continue;
			}
			if ( $this->told >= $max || $this->command->budget->spent( $this->command->answer->sent ) ) {
				return self::write_cursor( $folder, $name );
			}
		}
	}

	/**
	 * Tells the next names of a folder.
	 *
	 * @param string $folder Folder.
	 * @param string $after  Names after this one.
	 * @param int    $rows   How many.
	 * @return string|null Last name told when the folder goes on, else null.
	 */
	private function tell_part( $folder, $after, $rows ) {
		$names = $this->names_after( $folder, $after, $rows );
		if ( null === $names ) {
			++$this->told;
			$this->skip( $folder, 'unreadable', 'The folder cannot be opened.' );
			return null;
		}
		$more    = count( $names ) > $rows;
		$names   = array_slice( $names, 0, $rows );
		$entries = array();
		foreach ( $names as $name ) {
			++$this->told;
			$entry = $this->entry( $folder, $name );
			if ( null !== $entry ) {
				$entries[] = $entry;
			}
		}
		$record = array(
			'd' => Nachtwacht_Paths::encode( $folder ),
			'e' => $entries,
		);
		if ( $more ) {
			$record['more'] = true;
		}
		$this->command->answer->record( $record );
		return $more ? end( $names ) : null;
	}

	/**
	 * One entry, or null when it was skipped (and said so).
	 *
	 * @param string $folder Folder.
	 * @param string $name   Name.
	 * @return array|null
	 */
	private function entry( $folder, $name ) {
		$path = '' === $folder ? $name : $folder . '/' . $name;
		$full = $this->root . '/' . $path;
		if ( $this->roots->is_ours( $full ) ) {
			$this->skip( $path, 'own', 'State of the plugin itself.' );
			return null;
		}
		if ( isset( $this->paths[ $path ] ) || isset( $this->names[ $name ] ) ) {
			$this->skip( $path, 'excluded', '' );
			return null;
		}
		$stat = @lstat( $full );
		if ( false === $stat ) {
			$this->skip( $path, 'no-stat', 'Its size and times cannot be read.' );
			return null;
		}
		$kinds = array(
			0100000 => 'f',
			0040000 => 'd',
			0120000 => 'l',
		);
		$kind  = $stat['mode'] & 0170000;
		$type  = isset( $kinds[ $kind ] ) ? $kinds[ $kind ] : 'o';
		$entry = array( Nachtwacht_Paths::encode( $name ), $type, $stat['size'], $stat['mtime'], $stat['ctime'], $stat['mode'] & 07777 );
		if ( 'l' === $type ) {
			$target  = @readlink( $full );
			$entry[] = false === $target ? '' : Nachtwacht_Paths::encode( $target );
			$real    = @realpath( $full );
			if ( false !== $real && @is_dir( $real ) && $this->roots->is_outside( $real ) ) {
				$this->links[] = $full;
			}
		}
		if ( 'd' === $type && @is_file( $full . '/wp-includes/version.php' ) ) {
			$this->nested[] = Nachtwacht_Paths::encode( $path );
		}
		return $entry;
	}

	/**
	 * Says that something was left out, and why.
	 *
	 * @param string $path   Path (bytes).
	 * @param string $why    Code.
	 * @param string $detail Sentence.
	 */
	private function skip( $path, $why, $detail ) {
		$this->command->answer->record(
			array(
				'skip'   => Nachtwacht_Paths::encode( $path ),
				'why'    => $why,
				'detail' => $detail,
			)
		);
	}

	/**
	 * The next names of a folder in byte order; one more than asked for when there are more.
	 *
	 * @param string $folder Folder.
	 * @param string $after  Names after this one.
	 * @param int    $count  How many are needed.
	 * @return string[]|null Null when the folder cannot be opened.
	 */
	private function names_after( $folder, $after, $count ) {
		if ( $this->conf ) {
			return array_values( array_filter( $this->conf_names(), static function ( $name ) use ( $after ) {
				return strcmp( $name, $after ) > 0;
			} ) );
		}
		$handle = @opendir( '' === $folder ? $this->root . '/' : $this->root . '/' . $folder );
		if ( false === $handle ) {
			return null;
		}
		$names = array();
		$last  = null;
		for ( $name = readdir( $handle ); false !== $name; $name = readdir( $handle ) ) {
			if ( '.' === $name || '..' === $name || strcmp( $name, $after ) <= 0 || ( null !== $last && strcmp( $name, $last ) >= 0 ) ) {
				continue;
			}
			$names[] = $name;
			if ( count( $names ) >= 2 * max( self::PART, $count + 1 ) ) {
				sort( $names, SORT_STRING );
				$names = array_slice( $names, 0, max( self::PART, $count + 1 ) );
				$last  = end( $names );
			}
		}
		closedir( $handle );
		sort( $names, SORT_STRING );
		return array_slice( $names, 0, $count + 1 );
	}

	/**
	 * Those of the few files above WordPress that are there.
	 *
	 * @return string[]
	 */
	private function conf_names() {
		$names = array();
		foreach ( Nachtwacht_Roots::CONF_FILES as $name ) {
			if ( is_file( $this->root . '/' . $name ) ) {
				$names[] = $name;
			}
		}
		sort( $names, SORT_STRING );
		return $names;
	}

	/**
	 * The folder that follows in a depth-first walk.
	 *
	 * @param string $folder Folder that is done.
	 * @return string|null
	 */
	private function after( $folder ) {
		$below = $this->first_folder( $folder, '' );
		if ( null !== $below ) {
			return $below;
		}
		while ( '' !== $folder ) {
			$up    = strrpos( $folder, '/' );
			$name  = false === $up ? $folder : substr( $folder, $up + 1 );
			$above = false === $up ? '' : substr( $folder, 0, $up );
			$next  = $this->first_folder( $above, $name );
			if ( null !== $next ) {
				return $next;
			}
			$folder = $above;
		}
		return null;
	}

	/**
	 * Folders below a folder by level, so that one walk reads each folder twice at most.
	 *
	 * @var array<string, array{0: string, 1: string[], 2: bool}>
	 */
	private $below = array();

	/**
	 * First folder below `$folder` whose name comes after `$after`, and that is walked.
	 *
	 * @param string $folder Folder.
	 * @param string $after  Name.
	 * @return string|null
	 */
	private function first_folder( $folder, $after ) {
		if ( $this->conf ) {
			return null;
		}
		while ( true ) {
			if ( ! isset( $this->below[ $folder ] ) ) {
				$names = $this->names_after( $folder, $after, self::PART );
				$names = null === $names ? array() : $names;
				$whole = count( $names ) <= self::PART;
				$last  = array() === $names ? $after : (string) end( $names );

				$this->below[ $folder ] = array( $last, array_values( array_filter( $names, function ( $name ) use ( $folder ) {
					return $this->is_walked( $folder, $name );
				} ) ), $whole );
			}
			list( $last, $names, $whole ) = $this->below[ $folder ];
			foreach ( $names as $at => $name ) {
				if ( strcmp( $name, $after ) > 0 ) {
					$this->below[ $folder ][1] = array_slice( $names, $at );
					return '' === $folder ? $name : $folder . '/' . $name;
				}
			}
			unset( $this->below[ $folder ] );
			if ( $whole ) {
				return null;
			}
			$after = $last;
		}
	}

	/**
	 * Whether a name is a folder that the walk goes into.
	 *
	 * @param string $folder Folder.
	 * @param string $name   Name.
	 * @return bool
	 */
	private function is_walked( $folder, $name ) {
		$path = '' === $folder ? $name : $folder . '/' . $name;
		$full = $this->root . '/' . $path;
		return ! isset( $this->paths[ $path ] ) && ! isset( $this->names[ $name ] ) && ! $this->roots->is_ours( $full )
			&& ! @is_link( $full ) && @is_dir( $full );
	}
}
