import CalendarTime
import Dispatch
import Faults
import Glibc
import Testing

/// Looks every few milliseconds whether something has come true; gives up after half a minute.
///
/// For what other processes do, which no clock of ours governs. It waits on a thread of its own, so that
/// many tests that look at the same time do not take turns with the work they look at.
func expectEventually(
    _ location: SourceLocation = #_sourceLocation, _ claim: @escaping @Sendable () -> Bool
) async {
    let cameTrue = await withCheckedContinuation { continuation in
        DispatchQueue(label: "eventually").async {
            let end = MachineClock.bootNow().advanced(by: .seconds(30))
            while !claim(), MachineClock.bootNow() < end { poll(nil, 0, 3) }
            continuation.resume(returning: claim())
        }
    }
    #expect(cameTrue, sourceLocation: location)
}

/// Lets other processes go on for a few milliseconds.
func moment() async {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: "moment").async {
            poll(nil, 0, 5)
            continuation.resume()
        }
    }
}
