<?php
/**
 * Database settings from wp-config.php, read as text, never run.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Understands define() with a literal, simple getenv() forms and $table_prefix. Anything cleverer, or said twice with
 * different values, is left to WordPress ('needs-wordpress'): a wrong guess could reach another site's database.
 */
final class Nachtwacht_Config {
	/**
	 * Reads a wp-config.php.
	 *
	 * @param string $file Absolute path.
	 * @return array{host: string, user: string, password: string, name: string, flags: int, prefix: string}
	 * @throws Nachtwacht_Failure When it does not say all that is needed.
	 */
	public static function read( $file ) {
		$text = @is_file( $file ) ? @file_get_contents( $file, false, null, 0, 1048576 ) : false;
		$said = is_string( $text ) ? self::said( $text ) : array();
		foreach ( array( 'DB_NAME', 'DB_USER', 'DB_PASSWORD', 'DB_HOST', '$table_prefix' ) as $name ) {
			if ( ! isset( $said[ $name ] ) || ! is_string( $said[ $name ] ) ) {
				throw new Nachtwacht_Failure( 'needs-wordpress', "wp-config.php does not say $name in a form that can be read without WordPress." );
			}
		}
		if ( array_key_exists( 'MYSQL_CLIENT_FLAGS', $said ) && ! is_int( $said['MYSQL_CLIENT_FLAGS'] ) ) {
			throw new Nachtwacht_Failure( 'needs-wordpress', 'MYSQL_CLIENT_FLAGS cannot be read without WordPress.' );
		}
		if ( 1 !== preg_match( '/^\w*\z/', $said['$table_prefix'] ) ) {
			throw new Nachtwacht_Failure( 'needs-wordpress', 'The table prefix has characters that WordPress does not allow.' );
		}
		return array(
			'host'     => $said['DB_HOST'],
			'user'     => $said['DB_USER'],
			'password' => $said['DB_PASSWORD'],
			'name'     => $said['DB_NAME'],
			'flags'    => isset( $said['MYSQL_CLIENT_FLAGS'] ) ? $said['MYSQL_CLIENT_FLAGS'] : 0,
			'prefix'   => $said['$table_prefix'],
		);
	}

	/**
	 * All constants and the prefix that the text sets; null for what is not plain or not unique.
	 *
	 * @param string $text PHP source.
	 * @return array
	 */
	public static function said( $text ) {
		$tokens = self::tokens( $text );
		$said   = array();
		$count  = count( $tokens );
		for ( $at = 0; $at < $count; $at++ ) {
			$name = null;
			if ( array( 'word', 'define' ) === self::low( $tokens, $at ) && array( 'sign', '(' ) === self::get( $tokens, $at + 1 ) ) {
				$first = self::get( $tokens, $at + 2 );
				if ( 'text' === $first[0] && array( 'sign', ',' ) === self::get( $tokens, $at + 3 ) ) {
					$name  = $first[1];
					$value = self::value( $tokens, $at + 4, ')' );
				}
			} elseif ( array( 'var', 'table_prefix' ) === $tokens[ $at ] && array( 'sign', '=' ) === self::get( $tokens, $at + 1 ) ) {
				$name  = '$table_prefix';
				$value = self::value( $tokens, $at + 2, ';' );
			}
			if ( null !== $name ) {
				$said[ $name ] = array_key_exists( $name, $said ) && $said[ $name ] !== $value ? null : $value;
			}
		}
		return $said;
	}

	/**
	 * Token at a place.
	 *
	 * @param array $tokens Tokens.
	 * @param int   $at     Place.
	 * @return array{0: string, 1: string}
	 */
	private static function get( array $tokens, $at ) {
		return isset( $tokens[ $at ] ) ? $tokens[ $at ] : array( 'end', '' );
	}

	/**
	 * Token at a place, in lower case.
	 *
	 * @param array $tokens Tokens.
	 * @param int   $at     Place.
	 * @return array{0: string, 1: string}
	 */
	private static function low( array $tokens, $at ) {
		$token = self::get( $tokens, $at );
		return array( $token[0], strtolower( $token[1] ) );
	}

	/**
	 * Value of a simple expression that ends with `$end`.
	 *
	 * @param array  $tokens Tokens.
	 * @param int    $at     Its first token.
	 * @param string $end    Sign that must follow.
	 * @return string|int|null
	 */
	private static function value( array $tokens, $at, $end ) {
		$first = self::get( $tokens, $at );
		$next  = self::get( $tokens, $at + 1 );
		$stop  = array( 'sign', $end );
		if ( 'text' === $first[0] && ( $stop === $next || array( 'sign', ',' ) === $next ) ) {
			return $first[1];
		}
		if ( 'word' !== $first[0] ) {
			return null;
		}
		if ( 'getenv' === $first[1] || 'getenv_docker' === $first[1] ) {
			return self::environment( $tokens, $at, $stop );
		}
		$flags = 0;
		while ( 'word' === $first[0] && ( ctype_digit( $first[1] ) || 1 === preg_match( '/^MYSQLI?_CLIENT_[A-Z_]+\z/', $first[1] ) ) ) {
			$constant = str_replace( 'MYSQL_CLIENT', 'MYSQLI_CLIENT', $first[1] );
			if ( ! ctype_digit( $first[1] ) && ! defined( $constant ) ) {
				return null;
			}
			$flags |= (int) ( ctype_digit( $first[1] ) ? $first[1] : constant( $constant ) );
			if ( $stop === self::get( $tokens, $at + 1 ) ) {
				return $flags;
			}
			if ( array( 'sign', '|' ) !== self::get( $tokens, $at + 1 ) ) {
				return null;
			}
			$at   += 2;
			$first = self::get( $tokens, $at );
		}
		return null;
	}

	/**
	 * The forms getenv( 'X' ), and getenv_docker( 'X', 'default' ) of the official container image.
	 *
	 * @param array $tokens Tokens.
	 * @param int   $at     Place of the word.
	 * @param array $stop   Token that must follow.
	 * @return string|null
	 */
	private static function environment( array $tokens, $at, array $stop ) {
		$name = self::get( $tokens, $at + 2 );
		if ( array( 'sign', '(' ) !== self::get( $tokens, $at + 1 ) || 'text' !== $name[0] ) {
			return null;
		}
		$default = null;
		$after   = $at + 3;
		if ( array( 'sign', ',' ) === self::get( $tokens, $after ) && 'text' === self::get( $tokens, $after + 1 )[0] ) {
			$default = self::get( $tokens, $after + 1 )[1];
			$after  += 2;
		}
		if ( array( 'sign', ')' ) !== self::get( $tokens, $after ) || $stop !== self::get( $tokens, $after + 1 ) ) {
			return null;
		}
		$file = getenv( $name[1] . '_FILE' );
		if ( null !== $default && is_string( $file ) && '' !== $file ) {
			$text = @file_get_contents( $file, false, null, 0, 4096 );
			return is_string( $text ) ? rtrim( $text, "\r\n" ) : null;
		}
		$value = getenv( $name[1] );
		return is_string( $value ) ? $value : $default;
	}

	/**
	 * Splits PHP source into words, variables, texts and signs. Comments and white space are dropped.
	 *
	 * @param string $text PHP source.
	 * @return array<int, array{0: string, 1: string}>
	 */
	public static function tokens( $text ) {
		$tokens = array();
		$open   = stripos( $text, '<?php' );
		if ( false === $open ) {
			return $tokens;
		}
		$rules = array(
			'skip'   => '(?:\s+|/\*.*?\*/|(?://|\#(?!\[))[^\r\n]*?(?=\?>|[\r\n]|\z))',
			'close'  => '\?>(?:.*?(?:<\?(?:php\b|=)|\z))',
			'single' => "'(?:[^'\\\\]|\\\\.)*+'",
			'double' => '"(?:[^"\\\\]|\\\\.)*+"',
			'here'   => '<<<[ \t]*([\'"]?)(?<tag>\w+)\1\r?\n.*?^[ \t]*\k<tag>\b',
			'var'    => '\$\w+',
			'word'   => '\\\\?\w+',
			'sign'   => '.',
		);
		$parts = array();
		foreach ( $rules as $kind => $rule ) {
			$parts[] = "(?<$kind>" . ( 'here' === $kind ? str_replace( '\1', '\k<quote>', str_replace( '([\'"]?)', '(?<quote>[\'"]?)', $rule ) ) : $rule ) . ')';
		}
		$pattern = '~\G(?:' . implode( '|', $parts ) . ')~sm';
		$at      = $open + 5;
		$length  = strlen( $text );
		while ( $at < $length && 1 === preg_match( $pattern, $text, $match, 0, $at ) && '' !== $match[0] ) {
			$at += strlen( $match[0] );
			foreach ( array_keys( $rules ) as $kind ) {
				if ( isset( $match[ $kind ] ) && '' !== $match[ $kind ] ) {
					$token = self::token( $kind, $match[0] );
					if ( null !== $token ) {
						$tokens[] = $token;
					}
					break;
				}
			}
		}
		return $tokens;
	}

	/**
	 * One token; a text with a variable in it is 'clever', so that nobody takes it for a literal.
	 *
	 * @param string $kind Rule that matched.
	 * @param string $raw  Source.
	 * @return array{0: string, 1: string}|null
	 */
	private static function token( $kind, $raw ) {
		switch ( $kind ) {
			case 'skip':
				return null;
			case 'close':
				return array( 'sign', ';' );
			case 'single':
				return array( 'text', strtr( substr( $raw, 1, -1 ), array( '\\\\' => '\\', "\\'" => "'" ) ) );
			case 'double':
				$inner = substr( $raw, 1, -1 );
				if ( 1 !== preg_match( '/^(?:[^\\\\${]|\\\\[\\\\"$]|\$(?![\w{\x80-\xFF])|\{(?!\$))*+\z/s', $inner ) ) {
					return array( 'clever', '' );
				}
				return array( 'text', strtr( $inner, array( '\\\\' => '\\', '\\"' => '"', '\\$' => '$' ) ) );
			case 'here':
				return array( 'clever', '' );
			case 'var':
				return array( 'var', substr( $raw, 1 ) );
			case 'word':
				return array( 'word', ltrim( $raw, '\\' ) );
			default:
				return array( 'sign', $raw );
		}
	}
}
