<?php
/**
 * The roots of the site's files, and the way from a wire path to a place on the disk.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Every path of every command goes through locate().
 */
final class Nachtwacht_Roots {
	/** Only these files of the folder above WordPress are anybody's business. */
	const CONF_FILES = array( 'wp-config.php', 'index.php', '.htaccess', '.user.ini', 'robots.txt', 'favicon.ico', 'ads.txt' );

	/**
	 * The site.
	 *
	 * @var Nachtwacht_Site
	 */
	private $site;

	/**
	 * Real paths by id.
	 *
	 * @var string[]
	 */
	private $roots = array();

	/**
	 * Finds the roots.
	 *
	 * @param Nachtwacht_Command $command The command.
	 */
	public function __construct( Nachtwacht_Command $command ) {
		clearstatcache( true );
		$this->site = $command->site;
		$want       = array(
			'root'    => $this->site->abspath(),
			'content' => $this->site->content(),
		);
		if ( isset( $command->state['dirs'], $command->state['content'] ) && is_array( $command->state['dirs'] ) && $command->state['content'] === $this->site->content() ) {
			$want = array_merge( $want, array_values( $command->state['dirs'] ) );
		}
		foreach ( $want as $id => $folder ) {
			$real = is_string( $folder ) ? @realpath( $folder ) : false;
			if ( false !== $real && ! $this->covers( $real ) ) {
				$this->roots[ is_int( $id ) ? self::link_id( $real ) : $id ] = $real;
			}
		}
		$conf = $this->site->conf();
		$real = null === $conf ? false : @realpath( $conf );
		if ( false !== $real && ! $this->covers( $real ) ) {
			$this->roots['conf'] = $real;
		}
		foreach ( $this->links() as $link ) {
			$real = @is_link( $link ) ? @realpath( $link ) : false;
			if ( false !== $real && @is_dir( $real ) && $this->is_outside( $real ) ) {
				$this->roots[ self::link_id( $real ) ] = $real;
			}
		}
	}

	/**
	 * Command `files.roots`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function tell( Nachtwacht_Command $command ) {
		$self  = new self( $command );
		$roots = array();
		foreach ( $self->roots as $id => $path ) {
			$roots[] = array(
				'id'   => (string) $id,
				'path' => Nachtwacht_Paths::encode( $path ),
			);
		}
		return array( 'roots' => $roots );
	}

	/**
	 * Id of a linked folder.
	 *
	 * @param string $real Real path.
	 * @return string
	 */
	public static function link_id( $real ) {
		return 'x-' . substr( hash( 'sha256', $real ), 0, 8 );
	}

	/**
	 * Whether a folder lies in a root that is known already. The folder above WordPress counts for its few files only.
	 *
	 * @param string $real Real path.
	 * @return bool
	 */
	private function covers( $real ) {
		foreach ( $this->roots as $id => $root ) {
			if ( 'conf' !== $id && ( $real === $root || 0 === strpos( $real, rtrim( $root, '/' ) . '/' ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a linked folder is neither in a root nor around one (a loop).
	 *
	 * @param string $real Real path.
	 * @return bool
	 */
	public function is_outside( $real ) {
		if ( '/' === $real || $this->covers( $real ) ) {
			return false;
		}
		foreach ( $this->roots as $root ) {
			if ( 0 === strpos( $root, $real . '/' ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Links to folders outside that the walk has met.
	 *
	 * @return string[] Absolute paths of the links.
	 */
	private function links() {
		$text  = Nachtwacht_State::read_guarded( $this->site->folder() . '/links.php' );
		$links = null === $text ? null : json_decode( $text, true, 3 );
		$out   = array();
		foreach ( is_array( $links ) ? $links : array() as $link ) {
			$path = nachtwacht_from_base64( $link );
			if ( null !== $path && '' !== $path ) {
				$out[] = $path;
			}
		}
		return $out;
	}

	/**
	 * Remembers links to folders outside, so that their targets become roots. At most 500.
	 *
	 * @param string[] $links Absolute paths of links.
	 */
	public function remember( array $links ) {
		$known = $this->links();
		$all   = array_slice( array_values( array_unique( array_merge( array_filter( $known, 'is_link' ), $links ) ) ), 0, 500 );
		if ( $all !== $known ) {
			Nachtwacht_State::write_guarded( $this->site->folder() . '/links.php', nachtwacht_json( array_map( 'base64_encode', $all ) ) );
		}
	}

	/**
	 * Real path of a root.
	 *
	 * @param mixed $id Id.
	 * @return string
	 * @throws Nachtwacht_Failure 'no-root'.
	 */
	public function root( $id ) {
		if ( ! is_string( $id ) || ! isset( $this->roots[ $id ] ) ) {
			throw new Nachtwacht_Failure( 'no-root', 'There is no such root here. Ask files.roots.' );
		}
		return $this->roots[ $id ];
	}

	/**
	 * Place on the disk. No part of the way may be a symlink; the last name may be one.
	 *
	 * @param mixed $id   Root.
	 * @param mixed $wire Wire path, not ''.
	 * @return string Absolute path.
	 * @throws Nachtwacht_Failure 'no-root', 'bad-path', 'no-parent'.
	 */
	public function locate( $id, $wire ) {
		$root = $this->root( $id );
		$path = Nachtwacht_Paths::decode( $wire );
		if ( '' === $path || ( 'conf' === $id && ! in_array( $path, self::CONF_FILES, true ) ) ) {
			throw new Nachtwacht_Failure( 'bad-path', 'This path cannot be used here.' );
		}
		$full   = rtrim( $root, '/' ) . '/' . $path;
		$parent = dirname( $full );
		$real   = @realpath( $parent );
		if ( false === $real ) {
			throw new Nachtwacht_Failure( 'no-parent', 'The folder of this path is not there.' );
		}
		if ( $real !== $parent ) {
			throw new Nachtwacht_Failure( 'bad-path', 'The way to this path leads through a symlink.' );
		}
		if ( $this->is_ours( $full ) ) {
			throw new Nachtwacht_Failure( 'bad-path', 'This is a folder of the plugin itself.' );
		}
		return $full;
	}

	/**
	 * Whether a path is our state or stage folder, or in it.
	 *
	 * @param string $full Absolute path.
	 * @return bool
	 */
	public function is_ours( $full ) {
		$content = $this->site->content() . '/nachtwacht-';
		return 0 === strpos( $full, $content );
	}
}
