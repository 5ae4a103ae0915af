<?php
/**
 * Arguments of a command, without any coercion.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Wraps the decoded JSON object `args`.
 */
final class Nachtwacht_Args {
	/**
	 * The object.
	 *
	 * @var array
	 */
	private $all;

	/**
	 * Wraps.
	 *
	 * @param mixed $all What should be an object.
	 * @throws Nachtwacht_Failure When it is not.
	 */
	public function __construct( $all ) {
		if ( ! is_array( $all ) ) {
			throw self::bad( 'args', 'an object' );
		}
		$this->all = $all;
	}

	/**
	 * The failure for a wrong argument.
	 *
	 * @param string $name Its name.
	 * @param string $want What it should be.
	 * @return Nachtwacht_Failure
	 */
	public static function bad( $name, $want ) {
		return new Nachtwacht_Failure( 'bad-args', "`$name` must be $want." );
	}

	/**
	 * Whether it was given and is not null.
	 *
	 * @param string $name Its name.
	 * @return bool
	 */
	public function has( $name ) {
		return isset( $this->all[ $name ] );
	}

	/**
	 * As it came.
	 *
	 * @param string $name Its name.
	 * @return mixed
	 */
	public function raw( $name ) {
		return isset( $this->all[ $name ] ) ? $this->all[ $name ] : null;
	}

	/**
	 * An integer.
	 *
	 * @param string   $name    Its name.
	 * @param int|null $default Used when it was not given; null: it must be.
	 * @param int      $min     Smallest.
	 * @param int      $max     Largest.
	 * @return int
	 * @throws Nachtwacht_Failure When it is none.
	 */
	public function int( $name, $default = null, $min = 0, $max = PHP_INT_MAX ) {
		$value = $this->has( $name ) ? $this->all[ $name ] : $default;
		if ( ! is_int( $value ) || $value < $min || $value > $max ) {
			throw self::bad( $name, "an integer from $min to $max" );
		}
		return $value;
	}

	/**
	 * A text.
	 *
	 * @param string $name    Its name.
	 * @param string $pattern Regular expression that it must match.
	 * @return string
	 * @throws Nachtwacht_Failure When it does not.
	 */
	public function text( $name, $pattern = '/^[^\x00]{0,4096}\z/s' ) {
		$value = $this->raw( $name );
		if ( ! is_string( $value ) || 1 !== preg_match( $pattern, $value ) ) {
			throw self::bad( $name, 'a text of the right form' );
		}
		return $value;
	}

	/**
	 * A yes or no.
	 *
	 * @param string $name Its name.
	 * @return bool
	 * @throws Nachtwacht_Failure When it is neither.
	 */
	public function yes( $name ) {
		$value = $this->has( $name ) ? $this->all[ $name ] : false;
		if ( ! is_bool( $value ) ) {
			throw self::bad( $name, 'true or false' );
		}
		return $value;
	}

	/**
	 * A list.
	 *
	 * @param string $name Its name.
	 * @param int    $max  Longest.
	 * @param bool   $must Whether it must be given.
	 * @return array
	 * @throws Nachtwacht_Failure When it is none.
	 */
	public function items( $name, $max = 100000, $must = true ) {
		$value = $this->raw( $name );
		if ( null === $value && ! $must ) {
			return array();
		}
		if ( ! is_array( $value ) || count( $value ) > $max || array_values( $value ) !== $value ) {
			throw self::bad( $name, "a list of at most $max" );
		}
		return $value;
	}

	/**
	 * A list of objects.
	 *
	 * @param string $name Its name.
	 * @param int    $max  Longest.
	 * @return Nachtwacht_Args[]
	 */
	public function objects( $name, $max = 100000 ) {
		$out = array();
		foreach ( $this->items( $name, $max ) as $item ) {
			$out[] = new self( $item );
		}
		return $out;
	}

	/**
	 * Id of a run: 32 hex.
	 *
	 * @return string
	 */
	public function run() {
		return $this->text( 'run', '/^[0-9a-f]{32}\z/' );
	}
}
