<?php
/**
 * How the site is, in a few milliseconds.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Command `health`: on `direct` it tells also while WordPress is dead, which is what a page cache hides.
 */
final class Nachtwacht_Health {
	const PATIENCE = 3;
	const WANTED   = array( 'siteurl', 'home', 'blog_public', 'cron', 'recovery_mode_email_last_sent' );

	/**
	 * Tells everything.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function health( Nachtwacht_Command $command ) {
		$since = $command->args->int( 'since', 0 );
		$site  = $command->site;
		$now   = time();
		list( $database, $options ) = self::database( $site );
		$fatals        = Nachtwacht_Fatals::read( $site->folder() );
		$fatals['log'] = Nachtwacht_Fatals::in_log( (string) ini_get( 'error_log' ), $since );
		return array(
			'entry'       => $site->entry,
			'wordpress'   => $site->has_wordpress(),
			'database'    => $database,
			'disk'        => self::disk( $site ),
			'fatals'      => $fatals,
			'recovery'    => null === $options ? null : array(
				'paused' => $options['paused'],
				'mailed' => isset( $options['recovery_mode_email_last_sent'] ) && ctype_digit( $options['recovery_mode_email_last_sent'] ) ? (int) $options['recovery_mode_email_last_sent'] : null,
			),
			'cron'        => isset( $options['cron'] ) ? array_merge(
				self::cron( $options['cron'], $now ),
				array( 'disabled' => $site->has_wordpress() ? defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON : null )
			) : null,
			'public'      => isset( $options['blog_public'] ) ? '0' !== $options['blog_public'] : null,
			'home'        => isset( $options['home'] ) ? substr( $options['home'], 0, 2000 ) : null,
			'siteurl'     => isset( $options['siteurl'] ) ? substr( $options['siteurl'], 0, 2000 ) : null,
			'maintenance' => self::maintenance( $site, $now ),
			'opcache'     => self::opcache(),
		);
	}

	/**
	 * Whether WordPress could read its options, over a connection of our own.
	 *
	 * @param Nachtwacht_Site $site The site.
	 * @return array{0: array, 1: array|null} What is told, and options by name with `paused`.
	 */
	private static function database( Nachtwacht_Site $site ) {
		$began = microtime( true );
		try {
			$db    = Nachtwacht_Db::connect( $site, self::PATIENCE );
			$table = Nachtwacht_Db::name( $db->prefix . 'options' );
			$names = implode( ',', array_map( array( $db, 'text' ), self::WANTED ) );
			$rows  = $db->all( "SELECT option_name AS n, LEFT(option_value, 1048576) AS v FROM $table WHERE option_name IN ($names)" );
			$ms    = round( ( microtime( true ) - $began ) * 1000, 1 );
			$held  = $db->one( "SELECT COUNT(*) AS n FROM $table WHERE option_name LIKE '%\\_paused\\_extensions' AND LENGTH(option_value) > 6" );
		} catch ( Nachtwacht_Failure $failure ) {
			if ( 'needs-wordpress' === $failure->reason ) {
				throw $failure;
			}
			$errno = isset( $failure->facts['errno'] ) ? (int) $failure->facts['errno'] : 0;
			return array(
				array(
					'ok'    => false,
					'ms'    => null,
					'errno' => $errno,
				),
				null,
			);
		}
		$options = array( 'paused' => (int) $held['n'] );
		foreach ( $rows as $row ) {
			$options[ (string) $row['n'] ] = (string) $row['v'];
		}
		return array(
			array(
				'ok' => true,
				'ms' => $ms,
			),
			$options,
		);
	}

	/**
	 * Disk of the WordPress folder.
	 *
	 * @param Nachtwacht_Site $site The site.
	 * @return array|null
	 */
	private static function disk( Nachtwacht_Site $site ) {
		$free  = nachtwacht_can( 'disk_free_space' ) ? @disk_free_space( $site->abspath() ) : false;
		$total = nachtwacht_can( 'disk_total_space' ) ? @disk_total_space( $site->abspath() ) : false;
		return false === $free ? null : array(
			'free'  => (int) $free,
			'total' => false === $total ? null : (int) $total,
		);
	}

	/**
	 * Past times in the list of scheduled events. It is read as text: nothing of it becomes an object.
	 *
	 * @param string $text Option `cron` as it is stored.
	 * @param int    $now  Unix seconds.
	 * @return array{overdue: int, oldest: int}
	 */
	public static function cron( $text, $now ) {
		// A time at the top is an integer key whose value is an array of hooks: text keys.
		preg_match_all( '/(?<=[{}])i:(\d{9,11});a:\d+:\{s:\d+:"/', $text, $found );
		$overdue = 0;
		$oldest  = 0;
		foreach ( $found[1] as $time ) {
			$late = $now - (int) $time;
			if ( $late > 0 ) {
				++$overdue;
				$oldest = max( $oldest, $late );
			}
		}
		return array(
			'overdue' => $overdue,
			'oldest'  => $oldest,
		);
	}

	/**
	 * Age of a maintenance file that was left behind.
	 *
	 * @param Nachtwacht_Site $site The site.
	 * @param int             $now  Unix seconds.
	 * @return int|null
	 */
	private static function maintenance( Nachtwacht_Site $site, $now ) {
		$made = @filemtime( $site->abspath() . '/.maintenance' );
		return false === $made ? null : max( 0, $now - $made );
	}

	/**
	 * The cache of compiled PHP.
	 *
	 * @return array|null
	 */
	private static function opcache() {
		$said = nachtwacht_can( 'opcache_get_status' ) ? @opcache_get_status( false ) : null;
		if ( ! is_array( $said ) || ! isset( $said['memory_usage'] ) ) {
			return null;
		}
		$used = (int) $said['memory_usage']['used_memory'] + (int) $said['memory_usage']['wasted_memory'];
		$all  = $used + (int) $said['memory_usage']['free_memory'];
		return array(
			'on'   => ! empty( $said['opcache_enabled'] ),
			'full' => ! empty( $said['cache_full'] ),
			'used' => $all > 0 ? round( $used / $all, 3 ) : 0,
		);
	}
}
