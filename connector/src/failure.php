<?php
/**
 * A signed command that could not be carried out.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Becomes the end record {"ok": false, "code", "message", "retry"}.
 */
final class Nachtwacht_Failure extends Exception {
	/**
	 * A word for the program.
	 *
	 * @var string
	 */
	public $reason;

	/**
	 * Whether the same request may work later.
	 *
	 * @var bool
	 */
	public $retry;

	/**
	 * More facts for the end record.
	 *
	 * @var array
	 */
	public $facts;

	/**
	 * Makes the failure.
	 *
	 * @param string $reason  A word for the program.
	 * @param string $message A sentence for the person.
	 * @param bool   $retry   Whether the same request may work later.
	 * @param array  $facts   More facts for the end record.
	 */
	public function __construct( $reason, $message, $retry = false, array $facts = array() ) {
		parent::__construct( $message );
		$this->reason = $reason;
		$this->retry  = $retry;
		$this->facts  = $facts;
	}

	/**
	 * Fields of the end record.
	 *
	 * @return array
	 */
	public function record() {
		return array_merge(
			$this->facts,
			array(
				'ok'      => false,
				'code'    => $this->reason,
				'message' => $this->getMessage(),
				'retry'   => $this->retry,
			)
		);
	}
}
