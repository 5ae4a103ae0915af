<?php
/**
 * From a request to an answer: the same way for all three entries.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Verifies, then runs one command, then ends the request.
 */
final class Nachtwacht_Entry {
	/**
	 * The rescue entry.
	 *
	 * @param string $plugin Folder of the plugin.
	 */
	public static function direct( $plugin ) {
		self::quiet();
		$site = new Nachtwacht_Site_Direct( $plugin, $_SERVER );
		if ( ! isset( $_SERVER['REQUEST_METHOD'] ) || 'POST' !== $_SERVER['REQUEST_METHOD'] ) {
			http_response_code( 403 );
			exit;
		}
		self::serve( $site );
	}

	/**
	 * The entries with WordPress. Returns when the request is not ours.
	 */
	public static function with_wordpress() {
		$entry = self::recognise( $_SERVER, $_GET ); // phpcs:ignore WordPress.Security.NonceVerification -- signed requests have nonces of their own.
		if ( null === $entry ) {
			return;
		}
		self::quiet();
		self::serve( new Nachtwacht_Site_Wp( $entry ) );
	}

	/**
	 * Which entry a request with WordPress asks for. Only our own addresses count, not headers or bodies elsewhere.
	 *
	 * @param array $server Like $_SERVER.
	 * @param array $query  Like $_GET.
	 * @return string|null
	 */
	public static function recognise( array $server, array $query ) {
		if ( ! isset( $server['REQUEST_METHOD'], $server['REQUEST_URI'] ) || 'POST' !== $server['REQUEST_METHOD'] || ! is_string( $server['REQUEST_URI'] ) ) {
			return null;
		}
		$path = explode( '?', $server['REQUEST_URI'], 2 );
		if ( '/admin-ajax.php' === substr( $path[0], -15 ) ) {
			return isset( $query['action'] ) && 'nachtwacht' === $query['action'] ? 'ajax' : null;
		}
		$by_path  = '/wp-json/nachtwacht/v1/do' === substr( rtrim( $path[0], '/' ), -25 );
		$by_query = isset( $query['rest_route'] ) && is_string( $query['rest_route'] ) && '/nachtwacht/v1/do' === rtrim( $query['rest_route'], '/' );
		return $by_path || $by_query ? 'rest' : null;
	}

	/**
	 * Nothing but our frames may reach the client: no notices, no buffers, no second compression.
	 */
	private static function quiet() {
		if ( nachtwacht_can( 'ini_set' ) ) {
			@ini_set( 'display_errors', '0' );
			@ini_set( 'zlib.output_compression', '0' );
		}
		if ( nachtwacht_can( 'apache_setenv' ) ) {
			@apache_setenv( 'no-gzip', '1' );
		}
		set_error_handler(
			static function ( $level, $message, $file, $line ) {
				$ours = 0 === strpos( str_replace( '\\', '/', $file ), str_replace( '\\', '/', __DIR__ ) . '/' );
				if ( 0 === ( error_reporting() & $level & ~E_RECOVERABLE_ERROR ) ) {
					return true;
				}
				if ( $ours && 0 === ( $level & ( E_DEPRECATED | E_USER_DEPRECATED ) ) ) {
					throw new ErrorException( $message, 0, $level, $file, $line );
				}
				return false;
			}
		);
	}

	/**
	 * Drops all output so far and all buffers.
	 */
	private static function drop_buffers() {
		for ( $level = ob_get_level(), $guard = 0; $level > 0 && $guard < 64; $level = ob_get_level(), $guard++ ) {
			if ( ! @ob_end_clean() ) {
				break;
			}
		}
	}

	/**
	 * Serves one request and ends.
	 *
	 * @param Nachtwacht_Site $site The site.
	 */
	private static function serve( Nachtwacht_Site $site ) {
		try {
			$request = new Nachtwacht_Request( $_SERVER );
			$command = self::admit( $site, $request, time() );
		} catch ( Nachtwacht_Denied $denied ) {
			self::refuse( $denied->getMessage() );
		} catch ( Throwable $problem ) {
			self::note( $problem );
			self::refuse( 'internal' );
		}
		self::answer( $command );
		exit;
	}

	/**
	 * Lets a request in or throws. Nothing is written before the signature holds.
	 *
	 * @param Nachtwacht_Site    $site    The site.
	 * @param Nachtwacht_Request $request The request.
	 * @param int                $now     Unix seconds.
	 * @return Nachtwacht_Command
	 * @throws Nachtwacht_Denied When it is refused.
	 */
	private static function admit( Nachtwacht_Site $site, Nachtwacht_Request $request, $now ) {
		if ( '' === $request->auth ) {
			$offer = $request->command( 8192 );
			if ( null !== $offer && 'pair' === $offer[0] ) {
				$mode   = isset( $offer[1]['mode'] ) ? $offer[1]['mode'] : 'p';
				$result = Nachtwacht_Pairing::pair( $site, $offer[1], $now );
				return Nachtwacht_Command::answered( $offer[1]['nonce'], $mode, $result );
			}
		}
		$state = $site->state();
		$site->load_sodium();
		$auth = Nachtwacht_Auth::check( $state, $request->auth, $request->uri, array( $request, 'payload_sha' ), $now );
		$said = $request->command();
		if ( null === $said ) {
			throw new Nachtwacht_Denied( 'malformed' );
		}
		$moved = $site->moved( $state );
		if ( $moved && 'status' !== $said[0] && 'unpair' !== $said[0] ) {
			throw new Nachtwacht_Denied( 'site-moved' );
		}
		if ( $auth['claim'] < $site->highest_claim( $state ) ) {
			throw new Nachtwacht_Denied( 'claim' );
		}
		$new = $site->take_nonce( $auth['nonce'], $auth['ts'] );
		if ( true !== $new ) {
			throw new Nachtwacht_Denied( false === $new ? 'replayed' : 'not-stored' );
		}
		$in = $site->let_in( $state, $auth['claim'] );
		if ( true !== $in ) {
			throw new Nachtwacht_Denied( false === $in ? 'claim' : 'not-stored' );
		}
		$state['moved'] = $moved;
		return new Nachtwacht_Command( $site, $state, $auth, $said[0], $said[1], $request );
	}

	/**
	 * Refuses and ends.
	 *
	 * @param string $code Code of PROTOCOL.md.
	 */
	private static function refuse( $code ) {
		self::drop_buffers();
		if ( ! headers_sent() ) {
			http_response_code( 403 );
			header( 'Content-Type: application/json' );
			header( 'Cache-Control: no-store, private' );
			header( 'X-Content-Type-Options: nosniff' );
		}
		// phpcs:ignore WordPress.Security.EscapeOutput -- JSON of a code of ours and a number.
		echo nachtwacht_json(
			array(
				'nachtwacht' => 1,
				'code'       => $code,
				'time'       => time(),
			)
		);
		exit;
	}

	/**
	 * Runs the command and streams what it says.
	 *
	 * @param Nachtwacht_Command $command Admitted command.
	 */
	private static function answer( Nachtwacht_Command $command ) {
		self::drop_buffers();
		if ( ! headers_sent() ) {
			header_remove( 'Content-Encoding' );
			header( 'Content-Type: application/octet-stream' );
			header( 'Cache-Control: no-store, no-transform, private' );
			header( 'X-Accel-Buffering: no' );
			header( 'X-Content-Type-Options: nosniff' );
		}
		$answer = new Nachtwacht_Answer(
			$command->nonce,
			$command->mode,
			static function ( $bytes, $flush ) {
				echo $bytes; // phpcs:ignore WordPress.Security.EscapeOutput -- binary frames, not HTML.
				if ( $flush ) {
					flush();
				}
			}
		);
		try {
			$end = array_merge( array( 'ok' => true ), $command->run( $answer ) );
		} catch ( Nachtwacht_Failure $failure ) {
			$end = $failure->record();
		} catch ( Throwable $problem ) {
			self::note( $problem );
			$end = array(
				'ok'      => false,
				'code'    => 'internal',
				'message' => get_class( $problem ) . ' in ' . basename( $problem->getFile() ) . ':' . $problem->getLine(),
				'retry'   => false,
			);
		}
		$answer->finish( $end );
	}

	/**
	 * For the host's error log: what went wrong and where, without arguments (they may hold data).
	 *
	 * @param Throwable $problem What was thrown.
	 */
	private static function note( Throwable $problem ) {
		error_log( 'Nachtwacht: ' . get_class( $problem ) . ': ' . $problem->getMessage() . ' in ' . basename( $problem->getFile() ) . ':' . $problem->getLine() );
	}
}
