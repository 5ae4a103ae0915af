<?php
/**
 * One admitted command.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * The command table, and what every command gets to work with.
 */
final class Nachtwacht_Command {
	const TABLE = array(
		'status'           => array( 'Nachtwacht_Life', 'status' ),
		'health'           => array( 'Nachtwacht_Health', 'health' ),
		'inventory'        => array( 'Nachtwacht_Inventory', 'inventory' ),
		'unpair'           => array( 'Nachtwacht_Life', 'unpair' ),
		'files.roots'      => array( 'Nachtwacht_Roots', 'tell' ),
		'files.list'       => array( 'Nachtwacht_Walk', 'tell' ),
		'files.read'       => array( 'Nachtwacht_File_Reads', 'read' ),
		'files.hash'       => array( 'Nachtwacht_File_Reads', 'hash' ),
		'stage.open'       => array( 'Nachtwacht_Stage', 'open' ),
		'stage.put'        => array( 'Nachtwacht_Stage', 'put' ),
		'stage.plan'       => array( 'Nachtwacht_Stage', 'plan' ),
		'stage.commit'     => array( 'Nachtwacht_Stage_Swap', 'commit' ),
		'stage.revert'     => array( 'Nachtwacht_Stage_Swap', 'revert' ),
		'stage.drop'       => array( 'Nachtwacht_Stage', 'drop' ),
		'stage.state'      => array( 'Nachtwacht_Stage', 'state' ),
		'db.tables'        => array( 'Nachtwacht_Db_Tables', 'tell' ),
		'db.schema'        => array( 'Nachtwacht_Db_Schema', 'tell' ),
		'db.sums'          => array( 'Nachtwacht_Db_Sums', 'sums' ),
		'db.groups'        => array( 'Nachtwacht_Db_Sums', 'groups' ),
		'db.rows'          => array( 'Nachtwacht_Db_Rows', 'tell' ),
		'db.session.open'  => array( 'Nachtwacht_Session', 'open' ),
		'db.session.close' => array( 'Nachtwacht_Session', 'close' ),
		'load.open'        => array( 'Nachtwacht_Load', 'open' ),
		'load.copy'        => array( 'Nachtwacht_Load', 'copy' ),
		'load.rows'        => array( 'Nachtwacht_Load', 'rows' ),
		'load.sums'        => array( 'Nachtwacht_Load', 'sums' ),
		'load.swap'        => array( 'Nachtwacht_Load_Swap', 'swap' ),
		'load.revert'      => array( 'Nachtwacht_Load_Swap', 'revert' ),
		'load.drop'        => array( 'Nachtwacht_Load', 'drop' ),
	);

	/**
	 * The site.
	 *
	 * @var Nachtwacht_Site
	 */
	public $site;

	/**
	 * Valid state, with `moved`.
	 *
	 * @var array
	 */
	public $state = array();

	/**
	 * Signed claim.
	 *
	 * @var int
	 */
	public $claim = 0;

	/**
	 * Nonce of the request.
	 *
	 * @var string
	 */
	public $nonce;

	/**
	 * Mode that was asked for.
	 *
	 * @var mixed
	 */
	public $mode;

	/**
	 * Name of the command.
	 *
	 * @var string
	 */
	public $name = '';

	/**
	 * Arguments.
	 *
	 * @var array
	 */
	private $all = array();

	/**
	 * The request, for its blob.
	 *
	 * @var Nachtwacht_Request
	 */
	public $request;

	/**
	 * Arguments.
	 *
	 * @var Nachtwacht_Args
	 */
	public $args;

	/**
	 * Limits of the answer.
	 *
	 * @var Nachtwacht_Budget
	 */
	public $budget;

	/**
	 * Where records and bytes go.
	 *
	 * @var Nachtwacht_Answer|Nachtwacht_Relay
	 */
	public $answer;

	/**
	 * Whether the host's time limit does not count for it (it runs inside a session).
	 *
	 * @var bool
	 */
	public $free = false;

	/**
	 * Connection, once made. A session puts its own here.
	 *
	 * @var Nachtwacht_Db|null
	 */
	public $db = null;

	/**
	 * Tables described so far.
	 *
	 * @var Nachtwacht_Db_Table[]
	 */
	private $tables = array();

	/**
	 * End record, when it is known already.
	 *
	 * @var array|null
	 */
	private $result = null;

	/**
	 * Makes a command out of an admitted request.
	 *
	 * @param Nachtwacht_Site|null    $site    The site.
	 * @param array                   $state   Valid state, with `moved`.
	 * @param array                   $auth    Checked auth object.
	 * @param string                  $name    Command.
	 * @param array                   $args    Arguments.
	 * @param Nachtwacht_Request|null $request The request.
	 */
	public function __construct( $site, array $state, array $auth, $name, array $args, $request ) {
		$this->site    = $site;
		$this->state   = $state;
		$this->claim   = $auth['claim'];
		$this->nonce   = $auth['nonce'];
		$this->mode    = isset( $args['mode'] ) ? $args['mode'] : 'p';
		$this->name    = $name;
		$this->all     = $args;
		$this->request = $request;
	}

	/**
	 * A command whose end record is known (pairing).
	 *
	 * @param string $nonce  Nonce.
	 * @param mixed  $mode   Mode.
	 * @param array  $result End record.
	 * @return self
	 */
	public static function answered( $nonce, $mode, array $result ) {
		$auth            = array(
			'claim' => 0,
			'nonce' => $nonce,
		);
		$command         = new self( null, array(), $auth, 'pair', array( 'mode' => $mode ), null );
		$command->result = $result;
		return $command;
	}

	/**
	 * Runs it.
	 *
	 * @param Nachtwacht_Answer|Nachtwacht_Relay $answer Where records and bytes go.
	 * @return array Fields of the end record.
	 * @throws Nachtwacht_Failure When it cannot be done.
	 */
	public function run( $answer ) {
		if ( null !== $this->result ) {
			return $this->result;
		}
		if ( ! isset( self::TABLE[ $this->name ] ) ) {
			throw new Nachtwacht_Failure( 'no-such-command', 'This plugin does not know the command. Update it.' );
		}
		$this->answer = $answer;
		if ( $this->site->has_wordpress() && is_file( $this->site->folder() . '/flush.php' ) ) {
			// The rescue entry has swapped tables; it has no object cache to flush.
			wp_cache_flush();
			@unlink( $this->site->folder() . '/flush.php' );
		}
		$this->args   = new Nachtwacht_Args( $this->all );
		$this->budget = new Nachtwacht_Budget(
			$this->args->int( 'budget_ms', 20000, 1, 3600000 ),
			$this->args->int( 'max_bytes', 67108864, 1 ),
			$this->free
		);
		list( $class, $method ) = self::TABLE[ $this->name ];
		$all                    = $this->all;
		$this->all              = array();
		if ( 0 === strpos( $this->name, 'db.' ) && $this->args->has( 'session' ) ) {
			$call = new Nachtwacht_Session_Call( $this );
			return $call->run( $all );
		}
		unset( $all );
		return $class::$method( $this );
	}

	/**
	 * Stops a long job when another worker has taken over meanwhile.
	 *
	 * @throws Nachtwacht_Failure 'claim'.
	 */
	public function still_ours() {
		if ( $this->is_overtaken() ) {
			throw new Nachtwacht_Failure( 'claim', 'Another run with a higher claim has taken over.' );
		}
	}

	/**
	 * Whether a request with a higher claim came meanwhile.
	 *
	 * @return bool
	 */
	public function is_overtaken() {
		clearstatcache();
		return $this->site->highest_claim( $this->state ) > $this->claim;
	}

	/**
	 * The connection to the database, made when it is first needed.
	 *
	 * @return Nachtwacht_Db
	 */
	public function db() {
		if ( null === $this->db ) {
			$this->db = Nachtwacht_Db::connect( $this->site );
		}
		return $this->db;
	}

	/**
	 * A table, described once per command.
	 *
	 * @param mixed $name Name from the request.
	 * @return Nachtwacht_Db_Table
	 */
	public function table( $name ) {
		if ( ! is_string( $name ) || ! isset( $this->tables[ $name ] ) ) {
			$table = Nachtwacht_Db_Table::find( $this->db(), $name );

			$this->tables[ $table->name ] = $table;
		}
		return $this->tables[ $name ];
	}

	/**
	 * A table that is gone or damaged must not stop the reading of the others: its record says what is wrong.
	 *
	 * @param Nachtwacht_Failure $failure What went wrong.
	 * @param array              $head    Fields that say where.
	 * @throws Nachtwacht_Failure When it concerns more than this table.
	 */
	public function table_error( Nachtwacht_Failure $failure, array $head ) {
		if ( $failure->retry || ( 'no-table' !== $failure->reason && 'db-error' !== $failure->reason ) ) {
			throw $failure;
		}
		$this->answer->record( array_merge( $head, array(
			'error'   => $failure->reason,
			'message' => $failure->getMessage(),
		) ) );
	}
}
