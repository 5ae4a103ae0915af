<?php
/**
 * The site without WordPress.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Finds the state folder from the place of rescue.php and all else from the state.
 */
final class Nachtwacht_Site_Direct extends Nachtwacht_Site {
	/**
	 * Content folder, found by its state folder.
	 *
	 * @var string
	 */
	private $content = '';

	/**
	 * State as it was read.
	 *
	 * @var array|null
	 */
	private $state = null;

	/**
	 * Request facts, like $_SERVER.
	 *
	 * @var array
	 */
	private $server;

	/**
	 * Settings of wp-config.php once read.
	 *
	 * @var array|null
	 */
	private $database = null;

	/**
	 * Looks for the state.
	 *
	 * @param string $plugin Folder of the plugin.
	 * @param array  $server Like $_SERVER.
	 */
	public function __construct( $plugin, array $server ) {
		$this->entry  = 'direct';
		$this->server = $server;
		$script       = isset( $server['SCRIPT_FILENAME'] ) && is_string( $server['SCRIPT_FILENAME'] ) ? $server['SCRIPT_FILENAME'] : '';
		$places       = array();
		foreach ( array( '' === $script ? '' : dirname( $script ), $plugin ) as $folder ) {
			if ( '' !== $folder ) {
				$places[] = dirname( $folder, 2 );
				$places[] = dirname( $folder, 1 );
				$more     = @glob( dirname( $folder, 3 ) . '/*/' . Nachtwacht_State::FOLDER, GLOB_ONLYDIR | GLOB_NOSORT );
				$places   = array_merge( $places, is_array( $more ) && 1 === count( $more ) ? array( dirname( $more[0] ) ) : array() );
			}
		}
		foreach ( $places as $place ) {
			$state = Nachtwacht_State::read( Nachtwacht_State::folder( $place ) );
			if ( null !== $state ) {
				$this->content = $place;
				$this->state   = $state;
				return;
			}
		}
	}

	/** {@inheritDoc} */
	public function content() {
		$real = realpath( $this->content );
		return false === $real ? $this->content : $real;
	}

	/** {@inheritDoc} */
	public function has_wordpress() {
		return false;
	}

	/** {@inheritDoc} */
	public function state() {
		return $this->state;
	}

	/** {@inheritDoc} */
	public function abspath() {
		$recorded = isset( $this->state['abspath'], $this->state['content'] ) && $this->content() === $this->state['content'];
		if ( $recorded && is_string( $this->state['abspath'] ) && @is_dir( $this->state['abspath'] ) ) {
			return $this->state['abspath'];
		}
		$up = $this->content();
		for ( $level = 0; $level < 3; $level++ ) {
			$up = dirname( $up );
			foreach ( array( $up, $up . '/wp', $up . '/wordpress' ) as $folder ) {
				if ( @is_file( $folder . '/wp-load.php' ) || @is_file( $folder . '/wp-includes/version.php' ) ) {
					return $folder;
				}
			}
		}
		return dirname( $this->content() );
	}

	/** {@inheritDoc} */
	public function moved( array $state ) {
		$host = isset( $this->server['HTTP_HOST'] ) && is_string( $this->server['HTTP_HOST'] ) ? $this->server['HTTP_HOST'] : '';
		$uri  = isset( $this->server['REQUEST_URI'] ) && is_string( $this->server['REQUEST_URI'] ) ? $this->server['REQUEST_URI'] : '';
		$path = explode( '?', $uri, 2 );
		return self::bare_host( $host ) !== self::bare_host( $state['host'] ) || $path[0] !== $state['direct_path'];
	}

	/**
	 * A host without its port.
	 *
	 * @param string $host Host header.
	 * @return string
	 */
	private static function bare_host( $host ) {
		return strtolower( (string) preg_replace( '/:\d+\z/', '', $host ) );
	}

	/** {@inheritDoc} */
	public function highest_claim( array $state ) {
		return max( $state['claim'], (int) Nachtwacht_Claims::highest( $this->folder() ) );
	}

	/** {@inheritDoc} */
	public function take_nonce( $nonce, $ts ) {
		return Nachtwacht_Nonces::take( $this->folder(), $nonce, $ts );
	}

	/** {@inheritDoc} */
	public function let_in( array $state, $claim ) {
		return Nachtwacht_Claims::raise( $this->folder(), $claim );
	}

	/** {@inheritDoc} */
	public function forget() {
		throw new Nachtwacht_Failure( 'needs-wordpress', 'Unpairing needs WordPress: the key is in its database too.' );
	}

	/** {@inheritDoc} */
	public function database() {
		if ( null === $this->database ) {
			$conf           = $this->conf();
			$this->database = Nachtwacht_Config::read( ( null === $conf ? $this->abspath() : $conf ) . '/wp-config.php' );
		}
		return $this->database;
	}
}
