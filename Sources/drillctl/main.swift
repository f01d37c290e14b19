import DrillControl
import Glibc

exit(await Drillctl.status(of: Array(CommandLine.arguments.dropFirst())))
