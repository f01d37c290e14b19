import CalendarTime
import Foundation
import Testing

@Suite("Instants and moments")
struct InstantTests {
    @Test("are coded as bare integers")
    func codesIntegers() throws {
        let moment = Moment(
            wall: WallInstant(microsecondsSinceEpoch: -5),
            boot: BootInstant(microsecondsSinceBoot: 7))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(moment), as: UTF8.self)
        #expect(text == #"{"boot":7,"wall":-5}"#)
        #expect(try JSONDecoder().decode(Moment.self, from: Data(text.utf8)) == moment)
    }

    @Test("stop at the ends of time rather than wrap around")
    func saturate() {
        let last = WallInstant(microsecondsSinceEpoch: .max)
        #expect(last.advanced(by: .seconds(1)) == last)
        #expect(last.advanced(byMicroseconds: -1).microsecondsSinceEpoch == .max - 1)
        #expect(last - WallInstant(microsecondsSinceEpoch: -1) == .max)
        let boot = BootInstant(microsecondsSinceBoot: 10)
        #expect(boot.advanced(by: .infinity).microsecondsSinceBoot == .max)
        #expect(boot.span(since: boot.advanced(by: .seconds(1))) == .zero)
    }

    @Test("move both clocks of a moment together")
    func advanceTogether() {
        let moment = Moment(
            wall: WallInstant(microsecondsSinceEpoch: 1),
            boot: BootInstant(microsecondsSinceBoot: 2))
        let later = moment.advanced(by: .milliseconds(3))
        #expect(later.wall - moment.wall == 3_000)
        #expect(later.boot - moment.boot == 3_000)
    }
}
