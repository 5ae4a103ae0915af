<?php
/**
 * What activation, updates and removal of the plugin do.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Keeps the must-use loader in place, so that a fatal error in an ordinary plugin does not lock us out.
 */
final class Nachtwacht_Install {
	const LOADER = '0-nachtwacht-connector.php';

	/**
	 * Registers with WordPress.
	 *
	 * @param string $file Main file of the plugin.
	 */
	public static function hooks( $file ) {
		add_action( 'admin_init', array( __CLASS__, 'repair' ) );
		add_action( 'init', static function () use ( $file ) {
			load_plugin_textdomain( 'nachtwacht-connector', false, dirname( plugin_basename( $file ) ) . '/languages' );
		} );
		if ( is_admin() ) {
			Nachtwacht_Admin_Page::hooks( $file );
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			WP_CLI::add_command( 'nachtwacht pair-code', array( 'Nachtwacht_Cli', 'pair_code' ) );
		}
	}

	/**
	 * Activation.
	 */
	public static function activate() {
		self::write_loader();
	}

	/**
	 * Deactivation: nothing of ours runs any more, the rescue entry included.
	 */
	public static function deactivate() {
		$site = new Nachtwacht_Site_Wp( 'admin' );
		Nachtwacht_State::forget( $site->folder() );
		self::remove_loader();
	}

	/**
	 * On admin pages: brings back what is missing (loader, mirror of the state).
	 */
	public static function repair() {
		if ( ! self::loader_is_right() ) {
			self::write_loader();
		}
		$site  = new Nachtwacht_Site_Wp( 'admin' );
		$state = $site->state();
		if ( null === $state || $site->moved( $state ) ) {
			return;
		}
		$mirror = Nachtwacht_State::read( $site->folder() );
		$place  = $site->place();
		if ( null === $mirror || $mirror['direct_path'] !== $place['direct_path'] || $mirror['host'] !== $place['host'] ) {
			$before = Nachtwacht_Wp_Store::read( Nachtwacht_Wp_Store::STATE );
			$site->save( $state, (string) $before );
		}
	}

	/**
	 * The text of the loader: it names the folder of this plugin and does nothing when that is gone.
	 *
	 * @return string
	 */
	private static function loader() {
		$folder = basename( dirname( __DIR__ ) );
		return "<?php\n/**\n * Plugin Name: Nachtwacht Connector (loader)\n * Description: Answers signed requests of Nachtwacht before other plugins load. Comes and goes with the plugin.\n * Version: "
			. NACHTWACHT_VERSION . "\n */\n\nif ( defined( 'ABSPATH' ) && PHP_VERSION_ID >= 70400 && ! defined( 'NACHTWACHT' ) && ! defined( 'WP_UNINSTALL_PLUGIN' ) && ! wp_installing() ) {\n"
			. "\t\$nachtwacht_load = WP_PLUGIN_DIR . " . self::literal( '/' . $folder . '/src/find-classes.php' ) . ";\n"
			. "\tif ( is_file( \$nachtwacht_load ) ) {\n\t\tdefine( 'NACHTWACHT', 'loader' );\n\t\trequire \$nachtwacht_load;\n\t\tNachtwacht_Entry::with_wordpress();\n\t\tNachtwacht_Fatals::listen();\n\t}\n}\n";
	}

	/**
	 * A text as a PHP literal.
	 *
	 * @param string $text Text.
	 * @return string
	 */
	private static function literal( $text ) {
		return "'" . strtr( $text, array( '\\' => '\\\\', "'" => "\\'" ) ) . "'";
	}

	/**
	 * Whether the loader is there and is the present one.
	 *
	 * @return bool
	 */
	public static function loader_is_right() {
		$file = WPMU_PLUGIN_DIR . '/' . self::LOADER;
		return is_file( $file ) && self::loader() === @file_get_contents( $file );
	}

	/**
	 * Writes the loader where possible. Without it the plugin itself answers, after the plugins before it in the alphabet.
	 *
	 * @return bool
	 */
	public static function write_loader() {
		if ( ! is_dir( WPMU_PLUGIN_DIR ) && ! @mkdir( WPMU_PLUGIN_DIR, 0755, true ) ) {
			return false;
		}
		$file = WPMU_PLUGIN_DIR . '/' . self::LOADER;
		$temp = WPMU_PLUGIN_DIR . '/.' . self::LOADER . '.' . bin2hex( random_bytes( 4 ) );
		$text = self::loader();
		if ( strlen( $text ) !== @file_put_contents( $temp, $text ) || ! @rename( $temp, $file ) ) {
			@unlink( $temp );
			return false;
		}
		@chmod( $file, 0644 );
		if ( nachtwacht_can( 'opcache_invalidate' ) ) {
			@opcache_invalidate( $file, true );
		}
		return true;
	}

	/**
	 * Removes the loader.
	 */
	public static function remove_loader() {
		$file = WPMU_PLUGIN_DIR . '/' . self::LOADER;
		if ( is_file( $file ) ) {
			@unlink( $file );
		}
	}

	/**
	 * Removal of the plugin: key, rows, table, loader and state go. The folder of a restore stays: it may hold what was live before.
	 */
	public static function uninstall() {
		$site = new Nachtwacht_Site_Wp( 'admin' );
		$site->forget();
		self::remove_loader();
		self::clear( $site->folder() );
	}

	/**
	 * Removes a folder of ours; never through a symlink.
	 *
	 * @param string $folder Absolute path.
	 */
	private static function clear( $folder ) {
		if ( is_link( $folder ) || ! is_dir( $folder ) ) {
			return;
		}
		foreach ( (array) @scandir( $folder ) as $name ) {
			$full = $folder . '/' . $name;
			if ( ! is_string( $name ) || '.' === $name || '..' === $name ) {
				continue;
			}
			if ( is_dir( $full ) && ! is_link( $full ) ) {
				self::clear( $full );
			} else {
				@unlink( $full );
			}
		}
		@rmdir( $folder );
	}

	/**
	 * Where PHP lacks sodium: keeps a copy of WordPress's own, so that the rescue entry can verify when core is gone.
	 *
	 * @param Nachtwacht_Site $site The site.
	 */
	public static function keep_sodium( Nachtwacht_Site $site ) {
		$from = $site->abspath() . '/wp-includes/sodium_compat';
		if ( extension_loaded( 'sodium' ) || ! is_dir( $from ) ) {
			return;
		}
		$to    = $site->folder() . '/sodium_compat';
		$files = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $from, FilesystemIterator::SKIP_DOTS ) );
		foreach ( $files as $file ) {
			$target = $to . substr( $file->getPathname(), strlen( $from ) );
			if ( $file->isFile() && ! $file->isLink() ) {
				if ( ! is_dir( dirname( $target ) ) ) {
					@mkdir( dirname( $target ), 0700, true );
				}
				@copy( $file->getPathname(), $target );
			}
		}
	}
}
