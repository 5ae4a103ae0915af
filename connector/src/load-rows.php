<?php
/**
 * Row bytes into INSERT statements.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Reads rows from a stream and inserts them many at a time; memory holds one statement.
 */
final class Nachtwacht_Load_Rows {
	/**
	 * Connection.
	 *
	 * @var Nachtwacht_Db
	 */
	private $db;

	/**
	 * INSERT up to VALUES.
	 *
	 * @var string
	 */
	private $head;

	/**
	 * Columns in row order.
	 *
	 * @var array[]
	 */
	private $columns;

	/**
	 * Longest statement.
	 *
	 * @var int
	 */
	private $max;

	/**
	 * Rows inserted.
	 *
	 * @var int
	 */
	public $count = 0;

	/**
	 * Bytes read ahead.
	 *
	 * @var string
	 */
	private $ahead = '';

	/**
	 * Place in the bytes read ahead.
	 *
	 * @var int
	 */
	private $at = 0;

	/**
	 * Bytes of the part that are not read yet.
	 *
	 * @var int
	 */
	private $left = 0;

	/**
	 * Prepares.
	 *
	 * @param Nachtwacht_Db $db      Connection.
	 * @param string        $table   Table.
	 * @param array[]       $columns Columns in row order.
	 */
	public function __construct( Nachtwacht_Db $db, $table, array $columns ) {
		$row           = $db->one( 'SELECT @@max_allowed_packet AS n' );
		$this->db      = $db;
		$this->columns = $columns;
		$this->max     = max( 65536, (int) $row['n'] - 65536 );
		$this->head    = 'INSERT INTO ' . Nachtwacht_Db::name( $table ) . ' (' . implode( ',', array_map( array( 'Nachtwacht_Db', 'name' ), array_column( $columns, 'n' ) ) ) . ') VALUES ';
	}

	/**
	 * Inserts the rows of one part.
	 *
	 * @param resource $blob   Row bytes.
	 * @param int      $length Bytes of the part.
	 * @throws Nachtwacht_Failure 'bad-rows', 'row-too-large', 'db-error'.
	 */
	public function insert( $blob, $length ) {
		$this->ahead = '';
		$this->at    = 0;
		$this->left  = $length;
		$sql         = '';
		while ( $this->left > 0 || $this->at < strlen( $this->ahead ) ) {
			$row = '(';
			foreach ( $this->columns as $i => $column ) {
				$row .= ( 0 === $i ? '' : ',' ) . $this->literal( $column, $this->cell( $blob ) );
			}
			$row .= ')';
			if ( strlen( $row ) + strlen( $this->head ) > $this->max ) {
				throw new Nachtwacht_Failure( 'row-too-large', 'A row is larger than the max_allowed_packet of the database server allows.' );
			}
			if ( '' !== $sql && strlen( $sql ) + strlen( $row ) > min( Nachtwacht_Load::STATEMENT, $this->max ) ) {
				$this->db->run( $sql );
				$sql = '';
			}
			$sql .= ( '' === $sql ? $this->head : ',' ) . $row;
			++$this->count;
		}
		if ( '' !== $sql ) {
			$this->db->run( $sql );
		}
	}

	/**
	 * Makes sure that so many bytes are read ahead.
	 *
	 * @param resource $blob  Row bytes.
	 * @param int      $count Bytes.
	 * @throws Nachtwacht_Failure 'bad-rows'.
	 */
	private function need( $blob, $count ) {
		if ( strlen( $this->ahead ) - $this->at >= $count ) {
			return;
		}
		if ( strlen( $this->ahead ) - $this->at + $this->left < $count ) {
			throw new Nachtwacht_Failure( 'bad-rows', 'The row bytes end inside a row.' );
		}
		$parts = array( (string) substr( $this->ahead, $this->at ) );
		$have  = strlen( $parts[0] );
		while ( $have < $count ) {
			$part = (string) fread( $blob, (int) min( $this->left, 65536 ) );
			if ( '' === $part ) {
				throw new Nachtwacht_Failure( 'bad-rows', 'The row bytes end inside a row.' );
			}
			$this->left -= strlen( $part );
			$have       += strlen( $part );
			$parts[]     = $part;
		}
		$this->ahead = implode( '', $parts );
		$this->at    = 0;
	}

	/**
	 * Next cell.
	 *
	 * @param resource $blob Row bytes.
	 * @return string|null
	 * @throws Nachtwacht_Failure 'bad-rows'.
	 */
	private function cell( $blob ) {
		$number = 0;
		for ( $shift = 0; ; $shift += 7 ) {
			$this->need( $blob, 1 );
			$byte    = ord( $this->ahead[ $this->at++ ] );
			$number |= ( $byte & 127 ) << $shift;
			if ( $byte < 128 ) {
				break;
			}
			if ( $shift >= 28 ) {
				throw new Nachtwacht_Failure( 'bad-rows', 'A length in the row bytes is too large.' );
			}
		}
		if ( 0 === $number ) {
			return null;
		}
		$this->need( $blob, $number - 1 );
		$value     = (string) substr( $this->ahead, $this->at, $number - 1 );
		$this->at += $number - 1;
		return $value;
	}

	/**
	 * A value as a literal that the column stores as those bytes.
	 *
	 * @param array       $column Column.
	 * @param string|null $value  Bytes.
	 * @return string
	 */
	private function literal( array $column, $value ) {
		if ( null === $value ) {
			return 'NULL';
		}
		$text = $this->db->text( $value );
		if ( 'text' === $column['how'] && ( 'json' === $column['kind'] || ( null === $column['cs'] && ! in_array( $column['kind'], Nachtwacht_Db_Table::TIMES, true ) ) ) ) {
			return "CONVERT($text USING utf8mb4)";
		}
		return $text;
	}
}
