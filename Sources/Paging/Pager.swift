import Drills
