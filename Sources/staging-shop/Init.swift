import ArgumentParser
import StagingShop

/// Lays out the folder.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lay out a shop's folder; what is there already stays.")

    @OptionGroup var root: RootOption

    func run() throws {
        try ShopFolder(root.path).layOut()
    }
}
