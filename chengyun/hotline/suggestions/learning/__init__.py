"""Learning from labelled texts: features, classifier and its file; training alone needs scikit-learn."""
