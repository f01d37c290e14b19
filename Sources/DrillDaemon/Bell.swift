import Drills

/// Wakes one waiter, now or as soon as it waits.
actor Bell {
    private var hasRung = false
    private var waiter: CheckedContinuation<Void, Never>?

    /// Wakes whoever waits, or whoever waits next.
    func ring() {
        guard let waiter else {
            hasRung = true
            return
        }
        self.waiter = nil
        waiter.resume()
    }

    /// Returns at the next ring, or when the patience is over or the task is cancelled.
    func wait(upTo patience: Duration?) async {
        defer { hasRung = false }
        guard !hasRung, patience.map({ $0 > .zero }) ?? true else { return }
        let alarm = patience.map { patience in
            Task { [weak self] in
                // Cancelled when the bell rings first.
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                await self?.ring()
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume() }
                waiter = continuation
            }
        } onCancel: {
            Task { await self.ring() }
        }
        alarm?.cancel()
    }
}
