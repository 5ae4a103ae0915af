<?php
/**
 * How long and how much one answer may take.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Ends at the first of: what the platform asked for, 80 % of the host's time limit, 80 % of its memory limit.
 */
final class Nachtwacht_Budget {
	/**
	 * When to stop.
	 *
	 * @var float
	 */
	private $until;

	/**
	 * Payload bytes allowed.
	 *
	 * @var int
	 */
	public $max_bytes;

	/**
	 * Memory to stay under, 0 for no limit.
	 *
	 * @var float
	 */
	private $memory;

	/**
	 * Reads the limits.
	 *
	 * @param int  $budget_ms Time the platform gives.
	 * @param int  $max_bytes Payload bytes the platform allows.
	 * @param bool $free      Whether the time of this process does not count (it holds a session; another waits for it).
	 */
	public function __construct( $budget_ms, $max_bytes, $free = false ) {
		$now         = microtime( true );
		$this->until = $now + $budget_ms / 1000;
		$limit       = (int) ini_get( 'max_execution_time' );
		if ( $limit > 0 && ! $free ) {
			$began       = isset( $_SERVER['REQUEST_TIME_FLOAT'] ) ? (float) $_SERVER['REQUEST_TIME_FLOAT'] : $now;
			$this->until = min( $this->until, $began + 0.8 * $limit );
		}
		$this->max_bytes = $max_bytes;
		$this->memory    = 0.8 * nachtwacht_ini_bytes( ini_get( 'memory_limit' ) );
	}

	/**
	 * Milliseconds left, at least 1.
	 *
	 * @return int
	 */
	public function left_ms() {
		return (int) max( 1, ( $this->until - microtime( true ) ) * 1000 );
	}

	/**
	 * Whether to stop after this unit of work.
	 *
	 * @param int $sent Payload bytes so far.
	 * @return bool
	 */
	public function spent( $sent = 0 ) {
		if ( microtime( true ) >= $this->until || $sent >= $this->max_bytes ) {
			return true;
		}
		return $this->memory > 0 && memory_get_usage( true ) > $this->memory;
	}
}
