<?php
/**
 * A request that is refused before anything was done for it.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Its message is the code of PROTOCOL.md, section 2.
 */
final class Nachtwacht_Denied extends Exception {
}
